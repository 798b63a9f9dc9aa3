"""Versions as Semantic Versioning 2.0.0 has them, which most updaters but Sparkle's compare. Pure.

Installers are not always as strict: `1.0` is read as `1.0.0`, a `v` in front is dropped, and so are zeros behind the
third number, since Windows has four. Any other fourth number has no place in a semantic version, and none is read.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from ota_dev.catalog.versions import Version

__all__ = ["SemanticVersion"]

_NUMBER = r"(?:0|[1-9][0-9]{0,14})"  # as much as JavaScript counts exactly
_FORM = re.compile(
    rf"v?(?P<numbers>{_NUMBER}(?:\.{_NUMBER}){{0,2}})(?:\.0+)*"
    r"(?:-(?P<pre_release>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?P<build>[0-9A-Za-z.-]+))?"
)
_LONGEST = 200  # characters

_Order = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


@dataclass(frozen=True, kw_only=True)
class SemanticVersion:
    """A version of three numbers, and perhaps a pre-release and a build."""

    numbers: tuple[int, int, int]
    pre_release: str = ""
    build: str = ""  # decides nothing

    @classmethod
    def read(cls, version: Version) -> "SemanticVersion | None":
        """Read *version*, `None` when it cannot be one."""
        match = _FORM.fullmatch(version.text[: _LONGEST + 1])
        if not match:
            return None
        major, minor, patch = (*map(int, match["numbers"].split(".")), 0, 0)[:3]
        return cls(numbers=(major, minor, patch), pre_release=match["pre_release"] or "", build=match["build"] or "")

    def __str__(self) -> str:
        pre_release = f"-{self.pre_release}" if self.pre_release else ""
        return f"{'.'.join(map(str, self.numbers))}{pre_release}{f'+{self.build}' if self.build else ''}"

    @cached_property
    def order(self) -> _Order:
        """Give a key that sorts oldest first: a pre-release before its final version."""
        parts = self.pre_release.split(".") if self.pre_release else ()
        keys = ((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)
        return self.numbers, not self.pre_release, tuple(keys)
