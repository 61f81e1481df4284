"""The entrance: nothing is imported before an interruption can end in order; then the command line runs."""

import sys
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
