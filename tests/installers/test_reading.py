from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers import reading
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.reading import MAX_LENGTH, read_installer


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "Acme-Notes-1.3.0.exe"
    path.write_bytes(b"MZ and more")
    return path


def only_format(monkeypatch: pytest.MonkeyPatch, result: Facts | BaseException) -> None:
    """Make a format that takes every file, and gives or raises *result*, the only one."""

    def read(_file: object) -> Facts:
        if isinstance(result, BaseException):
            raise result
        return result

    monkeypatch.setattr(reading, "FORMATS", (InstallerFormat(name="exe", recognises=lambda _: True, read=read),))


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.zst"])
def test_the_content_decides_what_an_installer_is_not_its_name(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts, suffix: str
) -> None:
    write_app()
    misnamed = pack(suffix).rename(pack(suffix).with_name("Acme-Notes.exe"))

    facts = read_installer(misnamed)

    assert facts.known() == truth.known()
    (warning,) = facts.warnings
    assert (
        warning == f"its content is {suffix.split('.')[1]}, its name says exe: rename it, since clients go by the name"
    )


def test_a_file_that_no_format_recognises_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "Acme-Notes-1.3.0.zip"
    path.write_bytes(b"just text")

    assert read_installer(path) == Facts()


def test_an_empty_file_is_incomplete(tmp_path: Path) -> None:
    path = tmp_path / "Acme-Notes-1.3.0.zip"
    path.touch()

    with pytest.raises(IncompleteInstallerError, match="it is empty"):
        read_installer(path)


def test_a_file_that_is_gone_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InstallerError, match="it cannot be read: No such file"):
        read_installer(tmp_path / "gone.zip")


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        pytest.param(InstallerError("it is encrypted"), "it is encrypted", id="a reason of our own"),
        pytest.param(ValueError("bad\x1b[31m\nvalue"), "bad[31m value", id="a library's"),
        pytest.param(MemoryError(), "MemoryError", id="no words at all"),
        pytest.param(RecursionError("too deep"), "too deep", id="too deep"),
        pytest.param(OSError("negative seek"), "negative seek", id="one that looks like the disk's"),
    ],
)
def test_whatever_fails_in_a_format_becomes_one_sentence(
    monkeypatch: pytest.MonkeyPatch, installer: Path, failure: Exception, reason: str
) -> None:
    only_format(monkeypatch, failure)

    with pytest.raises(InstallerError) as caught:
        read_installer(installer)

    assert str(caught.value) == f"what is inside this exe cannot be read: {reason}"
    assert caught.value.__cause__ is failure


def test_whatever_fails_while_a_format_is_looked_for_becomes_one_sentence(
    monkeypatch: pytest.MonkeyPatch, installer: Path
) -> None:
    def fail(_head: bytes) -> bool:
        raise IndexError("out of range")

    monkeypatch.setattr(reading, "FORMATS", (InstallerFormat(name="exe", recognises=fail, read=lambda _: Facts()),))

    with pytest.raises(InstallerError, match="what kind of file it is cannot be told: out of range"):
        read_installer(installer)


def test_that_an_installer_is_cut_short_passes_unchanged(monkeypatch: pytest.MonkeyPatch, installer: Path) -> None:
    failure = IncompleteInstallerError("it is cut short")
    only_format(monkeypatch, failure)

    with pytest.raises(IncompleteInstallerError) as caught:
        read_installer(installer)

    assert caught.value is failure


def test_control_and_bidirectional_characters_never_leave_as_facts(
    monkeypatch: pytest.MonkeyPatch, installer: Path
) -> None:
    hostile = Facts.read_from("Info.plist", name="Acme\u202e\x00 Notes", version="1.3.0", identifier="\x07")
    only_format(monkeypatch, hostile)

    facts = read_installer(installer)

    assert facts.known() == {"name": "Acme Notes", "version": "1.3.0"}
    assert facts.sources == {"name": "Info.plist", "version": "Info.plist"}
    assert facts.warnings == (
        "the name holds control characters or white space that were taken out",
        "the identifier holds control characters or white space that were taken out",
    )


def test_a_fact_too_long_to_be_one_is_refused(monkeypatch: pytest.MonkeyPatch, installer: Path) -> None:
    only_format(monkeypatch, Facts.read_from("Info.plist", name="A" * (MAX_LENGTH + 1)))

    with pytest.raises(InstallerError, match="its name has more than 1,000 characters"):
        read_installer(installer)
