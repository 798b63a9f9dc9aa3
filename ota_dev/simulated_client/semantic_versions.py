"""Semantic versions, as strictly as the libraries of update clients read them, and in their orders. Pure.

Source: `semver` 7 of npm, which takes a `v` and blanks around a version and ignores its build; the crate `semver` 1 of
Rust, which takes neither, and by which of two builds of one version one is newer. What is no version is older than
every version here: the clients themselves refuse it.
"""

import re
from dataclasses import dataclass

from ota_dev.simulated_client.comparators import by_key

__all__ = ["SemanticVersion", "compare_as_npm", "compare_as_rust", "read_as_npm", "read_as_rust"]

LONGEST = 256  # characters, MAX_LENGTH of npm's; Rust's has none

_NUMBER = "(0|[1-9][0-9]*)"
_PART = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_FORM = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({_PART}(?:\.{_PART})*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
)
_LARGEST_IN_NPM = 2**53 - 1
_LARGEST_IN_RUST = 2**64 - 1

_Key = tuple[object, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SemanticVersion:
    """A version of three numbers, and perhaps a pre-release and a build."""

    numbers: tuple[int, int, int]
    pre_release: str
    build: str

    @property
    def precedence(self) -> _Key:
        """Give what every library goes by (semver.org, section 11)."""
        parts = self.pre_release.split(".") if self.pre_release else []
        keys = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)
        return (self.numbers, not parts, keys)


def read_as_npm(text: str) -> SemanticVersion | None:
    """Read a version as npm's `semver.parse` does, `None` where that gives none."""
    return _read(text.strip().removeprefix("v"), _LARGEST_IN_NPM) if len(text) <= LONGEST else None


def read_as_rust(text: str) -> SemanticVersion | None:
    """Read a version as `Version::parse` of Rust's crate does."""
    return _read(text, _LARGEST_IN_RUST) if len(text) <= LONGEST else None


def _read(text: str, largest: int) -> SemanticVersion | None:
    match = _FORM.fullmatch(text)
    if not match:
        return None
    major, minor, patch = int(match[1]), int(match[2]), int(match[3])
    if max(major, minor, patch) > largest:
        return None
    return SemanticVersion(numbers=(major, minor, patch), pre_release=match[4] or "", build=match[5] or "")


def _npm_key(text: str) -> _Key:
    version = read_as_npm(text)
    return (True, version.precedence) if version else (False,)


def _rust_key(text: str) -> _Key:
    version = read_as_rust(text)
    if not version:
        return (False,)
    return (True, version.precedence, tuple(map(_build_key, version.build.split("."))))


def _build_key(part: str) -> _Key:
    """Order as the crate says: 0 < 00 < 1 < 01 < 001 < 2, and digits before all else."""
    if part and not part.isdigit():
        return (True, 0, part, 0)
    digits = part.lstrip("0")
    return (False, len(digits), digits, len(part))


compare_as_npm = by_key(_npm_key)
compare_as_rust = by_key(_rust_key)
