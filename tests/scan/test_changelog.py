"""A change log, cut into the sections of its versions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.versions import Version
from ota_dev.scan.changelog import Changelog, Section

HEADINGS = {
    "## [1.3.0] - 2026-03-01": date(2026, 3, 1),
    "## 1.3.0": None,
    "## v1.3.0": None,
    "# 1.3.0 (2026-03-01)": date(2026, 3, 1),
    "## [v1.3.0](https://example.com/compare/v1.2.0...v1.3.0) (2026/03/01)": date(2026, 3, 1),
    "### Version 1.3.0 ###": None,
    "## 2026-03-01: 1.3.0": date(2026, 3, 1),
    "## Acme Notes 1.3.0, the fast one": None,
    "## [1.3.0] - 2026-03-01 [YANKED]": date(2026, 3, 1),
    "## 1.3.0 - 2026-13-01": None,
    "## 1.3": None,
    "## 1.3.0.": None,
    "1.3.0\n=====": None,
    "v1.3.0 (2026-03-01)\n---": date(2026, 3, 1),
}


@pytest.mark.parametrize(("heading", "dated"), HEADINGS.items())
def test_a_heading_names_a_version_and_perhaps_its_date(heading: str, dated: date | None) -> None:
    changelog = Changelog.parse(f"# Changelog\n\n{heading}\n\n- Faster\n\n## 1.2.0\n\n- Slower\n")

    section = changelog.section(Version("1.3.0"))

    assert section is not None
    assert section.dated == dated
    assert section.markdown.startswith("- Faster")


NO_HEADINGS = {
    "a number in the text": "1.3.0 is out\n",
    "a heading without a version": "## [Unreleased]\n",
    "another version": "## 1.3.1\n## 1.30\n## 11.3.0\n## 1.3.0-beta.1\n",
    "a heading in code": "```\n## 1.3.0\n```\n~~~ md\n## 1.3.0\n```\n~~~\n",
    "a hashtag": "##1.3.0\n",
    "indented code": "    ## 1.3.0\n",
    "a list above a line": "- better than 1.3.0\n---\n",
    "seven levels": "####### 1.3.0\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", NO_HEADINGS.values(), ids=NO_HEADINGS)
def test_what_is_no_heading_of_the_version_begins_no_section(text: str) -> None:
    assert Changelog.parse(text).section(Version("1.3.0")) is None


SECTIONS = {
    "up to the next version": ("## 1.3.0\na\n## 1.2.0\nb\n", "a"),
    "with the headings in it": ("## 1.3.0\n### Fixed\na\n## 1.2.0\n", "### Fixed\na"),
    "up to a heading of a higher level": ("## 1.3.0\na\n# History\nb", "a"),
    "to the end": ("## 1.3.0\na\n\nb\n\n", "a\n\nb"),
    "the first of two": ("## 1.3.0\na\n## 1.3\nb\n", "a"),
    "nothing": ("## 1.3.0\n\n## 1.2.0\nb", ""),
    "after a byte order mark, with the line ends of Windows": ("\ufeff## 1.3.0\r\na\r\nb\r\n", "a\nb"),
    "with the links it mentions, wherever they are defined": (
        "## 1.3.0\n[#12], [Here][Docs]\n## 1.2.0\nb\n\n[#12]: https://a\n[docs]: https://b\n[1.3.0]: https://c\n",
        "[#12], [Here][Docs]\n\n[#12]: https://a\n[docs]: https://b",
    ),
}


@pytest.mark.parametrize(("text", "markdown"), SECTIONS.values(), ids=SECTIONS)
def test_a_section_goes_to_the_next_heading_of_its_level(text: str, markdown: str) -> None:
    assert Changelog.parse(text).section(Version("1.3.0")) == Section(markdown=markdown)


@given(st.text(st.sampled_from("#=-`~[]: \n1.2v\t2026-"), max_size=300))
def test_any_text_is_a_change_log(text: str) -> None:
    changelog = Changelog.parse(text)

    for version in changelog.places:
        assert changelog.section(Version(version)) is not None


@pytest.mark.parametrize("unit", ["## 1.", "#  ", " #", "1\n---\n", "[a]: b\n", "```\n", "## 2026-01-01 ", "\n=\n"])
def test_a_long_change_log_costs_time_that_grows_with_its_length_only(unit: str) -> None:
    Changelog.parse(unit * 100_000).section(Version("1"))  # the test's time limit is the assertion
