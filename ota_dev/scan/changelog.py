"""A change log in Markdown, cut into the sections of its versions. Pure.

Headings are those of Keep a Changelog and what grew around it: `## [1.3.0] - 2026-03-01`, `## v1.3.0`,
`# 1.3.0 (2026-03-01)`, `## Version 1.3.0`, and a version underlined with `===` or `---`. The first number in a heading,
its date apart, is the version; a section ends at the next heading of its own or a higher level.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ota_dev.catalog.versions import Version

__all__ = ["Changelog", "Section"]

_HEADING = re.compile(r" {0,3}(#{1,6})([ \t].*)?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_UNDERLINED = re.compile(r" {0,3}(version |release )?\[?v?[0-9]", re.IGNORECASE | re.ASCII)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*\S.*")
_VERSION = re.compile(r"(?<![\w.])v?([0-9]{1,18}[0-9A-Za-z.+-]{0,80})", re.ASCII)
_DATE = re.compile(r"(?<![0-9])([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})(?![0-9])", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What a change log says of one version."""

    dated: date | None = None
    markdown: str = ""  # without its heading; with the definitions of the links in it


@dataclass(frozen=True, slots=True)
class Changelog:
    """A change log, and where in it the sections are."""

    lines: tuple[str, ...] = ()
    places: Mapping[str, "_Place"] = field(default_factory=dict)  # by the canonical text of the version
    definitions: tuple[tuple[str, str], ...] = ()  # of links: the label in lower case, in brackets, and the line

    @classmethod
    def parse(cls, text: str) -> "Changelog":
        """Find the sections in *text*; of two with one version the first counts. Any text is a change log."""
        lines = tuple(text.removeprefix("\ufeff").splitlines())
        places: dict[str, _Place] = {}
        ends = [len(lines)] * 7  # of a section, by the level of its heading
        for heading in reversed(list(_headings(lines))):
            if version := _version(heading.text):
                places[version.canonical] = _Place(_date(heading.text), heading.last_line + 1, ends[heading.level])
            ends[heading.level :] = [heading.first_line] * (7 - heading.level)
        definitions = [(f"[{match[1].casefold()}]", line) for line in lines if (match := _DEFINITION.fullmatch(line))]
        return cls(lines, places, tuple(definitions))

    def section(self, short_version: Version) -> Section | None:
        """Give what is said of a version; `1.3` and `1.3.0` are one."""
        place = self.places.get(short_version.canonical)
        if place is None:
            return None
        body = "\n".join(self.lines[place.start : place.end]).strip("\n")
        lowered = body.casefold()
        # The definitions may stand anywhere in the log; those in the body itself do no harm twice.
        mentioned = [line for label, line in self.definitions if label in lowered]
        return Section(dated=place.dated, markdown="\n".join([body, "", *mentioned]).strip("\n"))


@dataclass(frozen=True, slots=True)
class _Place:
    dated: date | None
    start: int  # the first line after the heading
    end: int  # the first line that is no longer in it


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    first_line: int
    last_line: int


def _headings(lines: tuple[str, ...]) -> Iterator[_Heading]:
    fence = ""
    for number, line in enumerate(lines):
        if match := _FENCE.fullmatch(line):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif fence:
            continue
        elif match := _HEADING.fullmatch(line):
            yield _Heading(len(match[1]), match[2] or "", number, number)
        elif number and (match := _UNDERLINE.fullmatch(line)) and _UNDERLINED.match(lines[number - 1]):
            yield _Heading(1 if "=" in match[1] else 2, lines[number - 1], number - 1, number)


def _version(heading: str) -> Version | None:
    match = _VERSION.search(_DATE.sub("", heading))
    return Version(match[1].rstrip(".+-")) if match else None


def _date(heading: str) -> date | None:
    match = _DATE.search(heading)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
