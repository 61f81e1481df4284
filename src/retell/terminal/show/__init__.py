"""Lines, keys and the clock become the show."""
