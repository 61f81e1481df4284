"""From an edition, the document that is written: its blocks in their order, with the passages that are ours."""
