"""What is said of many installers at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.policy import Policy
from ota_dev.documents import load_document
from ota_dev.errors import ConfigurationError
from ota_dev.scan.rules import LONGEST_GLOB, MOST_RULES, Rules, rules_of

Put = Callable[..., Path]
Read = Callable[[str], Rules]


@pytest.fixture
def read(put: Put) -> Read:
    """Read rules: `read('"*.exe": {channel: beta}')`."""
    return lambda content: rules_of(load_document(put("ota-dev.yaml", f"releases:\n{content}")), "releases")


MATCHES = {
    "*": ("Acme-1.0.exe", True),
    "*.exe": ("old/Acme-1.0.exe", True),
    "*.EXE": ("Acme-1.0.exe", False),
    "Acme-1.?.exe": ("Acme-1.0.exe", True),
    "old/*": ("old/Acme-1.0.exe", True),
    "new/*": ("old/Acme-1.0.exe", False),
    "Acme-1.0.exe": ("old/Acme-1.0.exe", True),
    "./Acme-1.0.exe": ("Acme-1.0.exe", False),
    "[Aa]cme*": ("acme.exe", True),
}


@pytest.mark.parametrize(("glob", "name", "matches"), [(glob, *match) for glob, match in MATCHES.items()])
def test_a_glob_without_a_slash_is_about_the_name_and_one_with_a_slash_about_the_path(
    read: Read, glob: str, name: str, matches: bool
) -> None:
    said = read(f'  "{glob}": {{channel: beta}}').about(name)

    assert said.policy.channel == ("beta" if matches else None)


def test_of_several_rules_a_later_one_counts_key_by_key(read: Read) -> None:
    rules = read('  "*": {channel: beta, title: All}\n  "*.exe": {channel: nightly, os: windows}')

    said = rules.about("Acme.exe")

    assert said.policy == Policy(channel="nightly", title="All")
    assert said.facts.platform == "windows"
    assert rules.about("Acme.dmg").policy == Policy(channel="beta", title="All")


def test_rules_may_stand_in_a_list_so_that_a_glob_may_come_twice(read: Read) -> None:
    rules = read('  - "*": {channel: beta}\n  - "*.exe": {channel: nightly}\n    "*": {title: All}')

    assert [rule.glob for rule in rules.rules] == ["*", "*.exe", "*"]
    assert rules.about("Acme.exe").policy == Policy(channel="nightly", title="All")


def test_there_need_be_no_rules(read: Read) -> None:
    assert read("") == Rules()


REFUSED = {
    "a text": ("  everything", ["line 1: releases: write globs with what they say below them, such as"]),
    "a list with a text in it": ("  - a\n  - b: {}", ["line 1: releases: write globs with what they say below them"]),
    "a rule that says nothing": (
        '  "*.exe": beta',
        ['line 2: releases."*.exe": write keys and values below it, indented'],
    ),
    "an empty glob": ('  "": {}', ['line 2: releases."": write a glob of 1 to 200 characters']),
    "a glob without end": (f"  {'a' * (LONGEST_GLOB + 1)}: {{}}", ["line 2: releases.aaa"]),
    "several at once": (
        '  "*.exe":\n    chanel: beta\n  "*.dmg":\n    critical:\n      belo: "1"',
        [
            'line 3: releases."*.exe".chanel: there is no such key, did you mean channel?',
            'line 6: releases."*.dmg".critical.belo: there is no such key, did you mean below?',
        ],
    ),
    "in a list": (
        '  - "*.exe": {title: a}\n  - "*.dmg": {titel: a}',
        ['line 3: releases[1]."*.dmg".titel: there is no such key, did you mean title?'],
    ),
    "without end": (
        "".join(f"  g{number}: {{}}\n" for number in range(MOST_RULES + 1)),
        [f"line 1: releases: there are more than {MOST_RULES} of them"],
    ),
}


@pytest.mark.parametrize(("content", "problems"), REFUSED.values(), ids=REFUSED)
def test_all_that_is_wrong_is_told_with_file_line_and_key_path(
    read: Read, dist: Path, content: str, problems: list[str]
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(content)

    for told, problem in zip(raised.value.problems, problems, strict=True):
        assert told.startswith(f"{dist / 'ota-dev.yaml'}, {problem}")
