"""Readers of saved files: bytes in whatever format in, a Page out; what a file is is known by how it begins."""
