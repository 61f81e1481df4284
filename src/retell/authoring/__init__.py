"""A story of one's own: the scaffold, source cards, the preview, the schemas and the zip."""
