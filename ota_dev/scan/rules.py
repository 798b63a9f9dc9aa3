"""What is said of many installers at once: globs, and what each says, as the `releases` of `ota-dev.yaml`. Pure.

releases:
  "*.exe":
    minimum_os: "10.0.17763"
  "*-beta*":
    channel: beta
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ota_dev.documents import Document
from ota_dev.errors import ConfigurationError
from ota_dev.scan.sidecars import Sidecar, sidecar_of

__all__ = ["Rule", "Rules", "rules_of"]

MOST_RULES = 500
LONGEST_GLOB = 200  # characters


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of the installers whose name matches."""

    glob: str
    says: Sidecar

    def is_for(self, installer: str) -> bool:
        """Say whether a download name matches: all of it, or its last part where the glob has no "/"."""
        return fnmatchcase(installer if "/" in self.glob else installer.rpartition("/")[2], self.glob)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, in the order they stand in; a later one counts before an earlier one, key by key."""

    rules: tuple[Rule, ...] = ()

    def about(self, installer: str) -> Sidecar:
        """Give what all rules together say of an installer."""
        said = Sidecar()
        for rule in self.rules:
            if rule.is_for(installer):
                said = rule.says.over(said)
        return said


def rules_of(document: Document, key: str) -> Rules:
    """Read rules: globs with what they say below them, or a list of such.

    Raises:
        ConfigurationError: a glob, a key or a value cannot be used; all that is wrong is told at once.
    """
    value = document.values[key]
    if value is None:
        return Rules()
    if len(document.nested[key]) != (len(value) if isinstance(value, list) else 1):
        raise document.error(key, 'write globs with what they say below them, such as `"*-beta*":` and `channel: beta`')
    rules: list[Rule] = []
    problems: list[str] = []
    for section, glob in _globs(document, key):
        try:
            rules.append(_rule(section, glob))
        except ConfigurationError as error:
            problems += error.problems
    if len(rules) > MOST_RULES:
        problems += document.error(key, f"there are more than {MOST_RULES} of them").problems
    if problems:
        raise ConfigurationError(*problems)
    return Rules(tuple(rules))


def _globs(document: Document, key: str) -> Iterator[tuple[Document, str]]:
    return ((section, glob) for section in document.nested[key] for glob in section)


def _rule(section: Document, glob: str) -> Rule:
    if not glob or len(glob) > LONGEST_GLOB:
        raise section.error(glob, f"write a glob of 1 to {LONGEST_GLOB} characters")
    return Rule(glob, sidecar_of(section.section(glob)))
