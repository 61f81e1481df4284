"""The entrance: nothing is imported before an interruption can end in order; then the command line runs.

Python looks for the modules of a program that is run with `-m` in the current folder first, and that may be a
stranger's: it is taken out of the search before anything else is imported.
"""

import gc
import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path:
    del sys.path[0]

from typing import NoReturn

INTERRUPTED = 130
MANY = 50_000
"""Objects made until Python looks for those that refer to one another: there are few, and 700 is too often."""


def main() -> NoReturn:
    """Run the command line; Ctrl-C while it is still being read is no traceback."""
    gc.set_threshold(MANY)  # first, for the imports make most of them
    try:
        from retell.cli import main as run  # noqa: PLC0415 - takes most of the time until the first line

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
