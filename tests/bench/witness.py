"""A command in, run; the seconds of the processor, those on the clock and the bytes at its largest out, into a file.

    python -I -S tests/bench/witness.py FILE COMMAND [ARGUMENT]...

Linux counts the memory of a parent as its child's until the child's own program has begun, so the parent has to be
small: this one is Python with no libraries at all, some 9 MiB, and no command is said to take less.
"""

import os
import sys
import time

if __name__ == "__main__":
    report, *command = sys.argv[1:]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    clock = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 2**10  # in which the system gives the memory
    with open(report, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib would make it larger
        file.write(f"{used.ru_utime + used.ru_stime} {clock} {used.ru_maxrss * unit}")
    sys.exit(0 if status == 0 else 1)
