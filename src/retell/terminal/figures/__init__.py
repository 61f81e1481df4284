"""The story's figures in characters: each drawn for a width in columns, told in words (`plain`), or in ASCII alone."""

from retell.terminal.figures.map import draw_map
from retell.terminal.figures.timeline import draw_timeline
from retell.terminal.figures.voices import draw_voices

__all__ = ["draw_map", "draw_timeline", "draw_voices"]
