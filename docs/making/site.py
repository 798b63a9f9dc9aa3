"""Builds the site of these pages and checks it: `python -m docs.making.site [FOLDER]`, `build/site` by default.

It needs the dependency group `docs`. Reads `docs/`, writes the folder, and asks nobody: addresses elsewhere are listed,
not fetched.
"""

import sys
from pathlib import Path

from sphinx.cmd.build import main as run_sphinx

from docs.making.pages import DOCS
from docs.making.site_check import Reference, broken, elsewhere, references


def main(folder: Path) -> int:
    """Build, check and report; gives the exit code."""
    if run_sphinx(["--fail-on-warning", "--fresh-env", "--quiet", str(DOCS), str(folder)]):
        return 1
    found = [each for page in sorted(folder.rglob("*.html")) for each in references(page)]
    for address in sorted({each.address for each in elsewhere(found)}):
        print(f"not fetched: {address}")
    problems = broken(found)
    for problem in problems:
        print(f"{problem.page.relative_to(folder)}: {_wrong(problem)}: {problem.address}", file=sys.stderr)
    print(f"{folder / 'index.html'}: {len(found)} references, {len(problems)} broken")
    return 1 if problems else 0


def _wrong(problem: Reference) -> str:
    return "a page must show itself without the network" if problem.is_elsewhere else "leads nowhere"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/site")))
