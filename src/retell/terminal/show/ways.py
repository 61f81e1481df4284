"""Name how much of a text comes at once."""

from __future__ import annotations

WORDS, PHRASES, PASSAGES = "words", "phrases", "passages"
WAYS = (WORDS, PHRASES, PASSAGES)
"""In the order of how much that is."""
