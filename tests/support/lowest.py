"""Print the lowest version that pyproject.toml allows of each package, development tools included, for pip.

`.ci/run` installs these: `python -m tests.support.lowest dev >constraints.txt`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator

from tests.support.folders import TOP

REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*\])?>=([\w.]+)")


def lowest(*extras: str) -> Iterator[str]:
    """Yield `name==version` for each requirement of the program and of some extras."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    for requirement in wanted:
        found = REQUIREMENT.match(requirement)
        assert found, f"no lowest version: {requirement}"
        yield "==".join(found.groups())


if __name__ == "__main__":
    print("\n".join(sorted(set(lowest(*sys.argv[1:])))))
