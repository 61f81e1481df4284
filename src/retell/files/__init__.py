"""Files become data: bytes become text, text becomes YAML with places; whole files are written back."""
