"""`generate-appcast --lint`: no feed with errors is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.cli.app import run

MacZip = Callable[..., bytes]


def generate(dist: Path, output: Path, option: str = "-o") -> int:
    with pytest.raises(SystemExit) as ended:
        run(["generate-appcast", "--dir", str(dist), option, str(output), "--lint", "--no-cache"])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_a_feed_without_errors_is_written(dist: Path, mac_zip: MacZip, tmp_path: Path) -> None:
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))

    assert generate(dist, tmp_path / "appcast.xml") == 0
    assert (tmp_path / "appcast.xml").exists()


def test_a_feed_with_errors_is_refused_and_the_file_stays_as_it_was(
    dist: Path, mac_zip: MacZip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (dist / "Acme-Notes-v1.3.0.zip").write_bytes(mac_zip("v1.3.0"))
    (tmp_path / "appcast.xml").write_text("<before/>")

    assert generate(dist, tmp_path / "appcast.xml") == 1
    assert (tmp_path / "appcast.xml").read_text() == "<before/>"
    assert "version-begins-with-letter" in capsys.readouterr().err


def test_a_tree_with_errors_in_a_feed_is_refused_as_a_whole(
    dist: Path, mac_zip: MacZip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    assert generate(dist, tmp_path / "site", "--tree") == 0
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    (dist / "Acme-Notes-v1.4.0.zip").write_bytes(mac_zip("v1.4.0"))

    assert generate(dist, tmp_path / "site", "--tree") == 1
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == before
    assert "version-begins-with-letter" in capsys.readouterr().err


def test_a_new_tree_with_errors_is_not_begun(dist: Path, mac_zip: MacZip, tmp_path: Path) -> None:
    (dist / "Acme-Notes-v1.4.0.zip").write_bytes(mac_zip("v1.4.0"))

    assert generate(dist, tmp_path / "site", "--tree") == 1
    assert not (tmp_path / "site").exists()
