"""Pages to look something up in: the articles, the disputes, the voices."""
