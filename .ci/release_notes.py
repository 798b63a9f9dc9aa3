"""Prints what CHANGELOG.md says of a version, given as its tag; fails unless tag, version and changelog agree."""

import re
import sys
from pathlib import Path

root = Path(__file__).parents[1]
tag = sys.argv[1]
version = re.search(r'^__version__ = "(.+)"$', (root / "ota_dev" / "__init__.py").read_text("utf-8"), re.MULTILINE)
if version is None or tag != f"v{version[1]}":
    sys.exit(f"the tag {tag} is not v{version[1] if version else '?'}, the version in ota_dev/__init__.py")
heading = rf"^## \[{re.escape(version[1])}\] - \d{{4}}-\d\d-\d\d\n"
notes = re.search(rf"{heading}(.*?)(?=^## |\Z)", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
if notes is None:
    sys.exit(f"CHANGELOG.md has no section [{version[1]}] with a date: give Unreleased that name")
print(notes[1].strip())
