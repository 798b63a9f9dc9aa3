"""Who installs ota-dev takes on no licence that asks for more than to be named; nor does who runs its tests, but for
files that stay under their own licence. Tools of linting and documentation make nothing that is passed on.
"""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

DECISIONS = Path(__file__).parents[1] / "docs" / "decisions"
PERMISSIVE = re.compile(r"\b(MIT|Apache|BSD|ISC|PSF|Python Software Foundation)\b")
BY_FILE = re.compile(r"\bMPL\b|Mozilla Public")
COPYLEFT = re.compile(r"GPL|General Public", re.IGNORECASE)


def requirements(package: Distribution) -> list[str]:
    """Give what a package needs at run time, extras left out, each by its name and under its conditions."""
    return [requirement for requirement in package.requires or [] if "extra ==" not in requirement]


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def installed_below(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Find the package and all that it needs on this system and this Python, directly or through others."""
    found[name] = distribution(name)
    for requirement in requirements(found[name]):
        needed = name_of(requirement)
        if needed not in found:
            try:
                installed_below(needed, found)
            except PackageNotFoundError:
                assert ";" in requirement, f"{name} needs {requirement}, which is not installed"
    return found


def licence(package: Distribution) -> str:
    """Give what a package says of its licence, in the three ways there are; the oldest may hold the whole text."""
    said = [value for field in ("License-Expression", "Classifier") for value in package.metadata.get_all(field) or []]
    oldest = [text.partition("\n")[0] for text in package.metadata.get_all("License") or []]
    entries = [entry for entry in [*said, *oldest] if "::" not in entry or entry.startswith("License ::")]
    return "; ".join(entries) or _title_of_text(package)


def _title_of_text(package: Distribution) -> str:
    """Give the first line of the licence's text, for a package whose metadata does not name it."""
    texts = [file.read_text("utf-8") for file in package.files or () if file.name.upper().startswith("LICENSE")]
    return texts[0].strip().partition("\n")[0] if texts else ""


PACKAGES = installed_below("ota-dev", {})
OF_TESTS = sorted(name_of(each) for each in PACKAGES["ota-dev"].requires or [] if re.search("extra == .test.", each))


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_everything_that_runs_with_ota_dev_has_a_permissive_licence(name: str) -> None:
    said = licence(PACKAGES[name])

    assert PERMISSIVE.search(said), said
    assert not COPYLEFT.search(said), said


@pytest.mark.parametrize("name", OF_TESTS)
def test_what_tests_need_has_a_licence_that_reaches_no_further_than_its_own_files(name: str) -> None:
    said = licence(distribution(name))

    assert PERMISSIVE.search(said) or BY_FILE.search(said), said
    assert not COPYLEFT.search(said), said


@pytest.mark.parametrize("name", sorted({name_of(requirement) for requirement in requirements(PACKAGES["ota-dev"])}))
def test_every_dependency_has_its_decision_record(name: str) -> None:
    records = "\n".join(path.read_text("utf-8") for path in DECISIONS.glob("*.md")).lower()

    assert name.replace("-", ".") in records or name in records
