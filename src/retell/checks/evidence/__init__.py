"""The story is held against a reader's copies: the rules for that, and the examination that applies them."""
