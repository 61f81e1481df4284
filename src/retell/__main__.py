"""The entrance: nothing is imported before an interruption can end in order; then the command line runs.

Python looks for the modules of a program that is run with `-m` in the current folder first, and that may be a
stranger's: it is taken out of the search before anything else is imported.
"""

import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path:
    del sys.path[0]

from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line; Ctrl-C while it is still being read is no traceback."""
    try:
        from retell.cli import main as run  # noqa: PLC0415 - takes most of the time until the first line

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
