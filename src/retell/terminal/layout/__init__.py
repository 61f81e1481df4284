"""Steps and figures become lines of a width in columns."""
