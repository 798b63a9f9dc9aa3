"""What the pages for contributors point to is there, and the forms ask for what ota-dev can say."""

import re
from pathlib import Path

import pytest
import yaml

import ota_dev
from docs.making.pages import ROOT, code_in_sentences

PAGES = ["CONTRIBUTING.md", "SECURITY.md"]
PATH = re.compile(r"(ota_dev|tests|docs|\.ci|\.github)(/[\w.-]+)+")
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def where(path: str) -> Path:
    """Find a file of the package where the package is, which may be installed."""
    first, _, rest = path.partition("/")
    return Path(ota_dev.__file__).parent / rest if first == "ota_dev" else ROOT / path


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = [code for code in code_in_sentences(ROOT / page) if PATH.fullmatch(code)]

    assert named
    assert [path for path in named if not where(path).exists()] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_has_a_name_and_questions_with_labels(form: Path) -> None:
    said = yaml.safe_load(form.read_text("utf-8"))

    assert said["name"]
    assert said["description"]
    assert all(question["attributes"]["label"] for question in said["body"])
    assert len({question["id"] for question in said["body"]}) == len(said["body"])


def test_who_reports_a_bug_is_asked_for_the_doctor() -> None:
    [bug] = [form for form in FORMS if form.stem == "bug"]
    questions = {question["id"]: question for question in yaml.safe_load(bug.read_text("utf-8"))["body"]}

    assert "`ota-dev doctor`" in questions["doctor"]["attributes"]["label"]
    assert questions["doctor"]["validations"]["required"]
