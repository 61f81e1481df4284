"""Data becomes a story: the model, the little language of its texts, and the library that holds scenes and cards."""
