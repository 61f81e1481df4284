"""The ways to reveal a text: by words, by phrases, by whole passages or at once."""

from __future__ import annotations

WORDS, PHRASES, PASSAGES = "words", "phrases", "passages"
WAYS = (WORDS, PHRASES, PASSAGES)
"""In the order of how much that is."""
