"""Saved articles become numbered paragraphs, known by their fingerprints."""
