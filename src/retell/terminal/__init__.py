"""The telling in a terminal: `page` lays steps out, `player` shows them in time, `keyboard` reads the reader's keys."""
