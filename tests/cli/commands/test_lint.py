"""`ota-dev lint`: what it shows, and how it ends."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from ota_dev.cli.app import run
from ota_dev.lint.examples import sample
from tests.simulated_client.asking import feed_of

GOOD = feed_of().replace(b"</channel>", sample().encode() + b"</channel>")
BAD = feed_of().replace(b"</channel>", sample(version="v1.3.0").encode() + b"</channel>")
Lint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def lint(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Lint:
    """Lint feeds in files of these names; give the exit code and what was said."""
    monkeypatch.chdir(tmp_path)
    for name, feed in {"good.xml": GOOD, "bad.xml": BAD, "empty.xml": feed_of(), "text.xml": b"Acme & Co"}.items():
        (tmp_path / name).write_bytes(feed)

    def end(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run(["lint", *arguments])
        said = capsysbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out.decode(), said.err.decode()

    return end


def test_a_finding_says_where_what_and_how_to_correct_it(lint: Lint) -> None:
    assert lint("bad.xml") == (
        1,
        "bad.xml:3:3: error version-begins-with-letter The version begins with a letter, such as v: v1.3.0 begins "
        "with a letter\n"
        "    Letters are older than numbers: the update is older than what is installed, and never offered.\n"
        "    Write the version without its prefix, as the app does. [sparkle, winsparkle, netsparkle, generic]\n"
        "bad.xml: 1 error\n",
        "",
    )


ENDINGS = {
    "a good feed": (("good.xml",), 0),
    "a warning": (("empty.xml",), 0),
    "a warning that counts": (("empty.xml", "--strict"), 1),
    "an error": (("bad.xml",), 1),
    "an error that is ignored": (("bad.xml", "--ignore", "version-begins-with-letter"), 0),
    "an error among good ones": (("good.xml", "bad.xml"), 1),
    "no XML": (("text.xml",), 1),
    "a file that is not there": (("nowhere.xml", "bad.xml"), 3),
    "a code that is not there": (("good.xml", "--ignore", "version-begin-with-letter"), 2),
    "a key without a download": (("good.xml", "--public-key", "AAAA"), 2),
}


@pytest.mark.parametrize(("arguments", "code"), ENDINGS.values(), ids=ENDINGS)
def test_the_exit_code_says_what_there_is(lint: Lint, arguments: tuple[str, ...], code: int) -> None:
    assert lint(*arguments)[0] == code


def test_a_code_that_is_not_there_comes_with_the_one_that_is_meant(lint: Lint) -> None:
    assert "did you mean version-begins-with-letter?" in lint("good.xml", "--ignore", "version-begin-with-letter")[2]


def test_the_other_feeds_are_linted_when_one_cannot_be_read(lint: Lint) -> None:
    _, out, err = lint("nowhere.xml", "good.xml")

    assert out == "good.xml: nothing found\n"
    assert "nowhere.xml cannot be read" in err


def test_in_json_there_is_one_object_for_each_feed(lint: Lint) -> None:
    _, out, _ = lint("good.xml", "bad.xml", "--format", "json")

    good, bad = json.loads(out)
    assert good == {"feed": "good.xml", "errors": 0, "warnings": 0, "notes": 0, "findings": []}
    finding = bad["findings"][0]
    assert (finding["code"], finding["severity"]) == ("version-begins-with-letter", "error")
    assert (finding["line"], finding["column"]) == (3, 3)
    assert finding["clients"] == ["sparkle", "winsparkle", "netsparkle", "generic"]


def test_standard_input_is_a_feed_too(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD)))

    assert lint("-")[:2] == (0, "standard input: nothing found\n")
