"""A story becomes a script: a flat list of steps, every card looked up and every citation resolved once."""
