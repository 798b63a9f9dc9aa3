"""Prints the command in the README that stands below `<!-- runs: NAME -->`, so that CI runs what people read."""

import re
import sys
from pathlib import Path

readme = Path(__file__).parents[1] / "README.md"
match = re.search(rf"<!-- runs: {re.escape(sys.argv[1])} -->\n```sh\n(.+?)\n```", readme.read_text("utf-8"), re.DOTALL)
if match is None:
    sys.exit(f"README.md has no command marked {sys.argv[1]}")
print(match[1])
