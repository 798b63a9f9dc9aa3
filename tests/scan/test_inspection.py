"""One installer by itself."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.errors import InstallerError
from ota_dev.scan.inspection import inspect_installer
from ota_dev.scan.interface import Skipped
from tests.conftest import build_mac_zip

Put = Callable[..., Path]


def test_the_inside_counts_before_the_name(put: Put) -> None:
    inspection = inspect_installer(put("Acme-Notes-9.9-mac.zip", build_mac_zip("1.3.0")))

    assert inspection.facts.short_version == "1.3.0"
    assert inspection.facts.sources["short_version"] == "Info.plist"
    assert inspection.facts.warnings == ("the file name says 9.9, the Info.plist says 1.3.0: 1.3.0 is used",)


def test_what_a_feed_would_offer_is_told(put: Put) -> None:
    inspection = inspect_installer(put("Acme-Notes.zip", build_mac_zip("1.3.0")))

    assert isinstance(inspection.outcome, Artifact)
    assert inspection.outcome.build.text == "1.3.0"


def test_why_a_feed_would_leave_it_out_is_told(put: Put) -> None:
    inspection = inspect_installer(put("Acme-Notes-1.3.0.zip", b"just text"))

    assert isinstance(inspection.outcome, Skipped)
    assert "os: linux" in inspection.outcome.reason


def test_a_file_with_another_ending_is_read_all_the_same(put: Put) -> None:
    inspection = inspect_installer(put("download", build_mac_zip("1.3.0")))

    assert inspection.kind is None
    assert inspection.facts.short_version == "1.3.0"
    assert isinstance(inspection.outcome, Skipped)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("download", build_mac_zip("1.3.0"), "its name does not end as that of an installer: rename it"),
        ("read me.txt", b"Hello", "neither its name nor its inside is that of an installer"),
        (".Acme-1.3.0.zip", build_mac_zip("1.3.0"), "its name is that of a temporary or a hidden file: rename it"),
    ],
    ids=["no ending", "no installer", "hidden"],
)
def test_a_name_that_a_feed_passes_over_is_the_reason(put: Put, name: str, content: bytes, reason: str) -> None:
    inspection = inspect_installer(put(name, content))

    assert inspection.outcome == Skipped(name=name, reason=reason)
    assert inspection.facts.warnings == ()


def test_a_link_that_leaves_the_folder_is_left_out_as_a_feed_does_it(dist: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.zip").write_bytes(build_mac_zip("1.3.0"))
    (dist / "Acme.zip").symlink_to(tmp_path / "elsewhere.zip")

    inspection = inspect_installer(dist / "Acme.zip")

    assert inspection.facts.short_version == "1.3.0"
    assert isinstance(inspection.outcome, Skipped)
    assert "--follow-links" in inspection.outcome.reason


def test_an_inside_that_says_nothing_is_told(put: Put) -> None:
    inspection = inspect_installer(put("Acme-1.0.exe", b"<html>404</html>"))

    assert inspection.facts.warnings == ("nothing inside says what it is; only its file name is used",)


def test_a_reason_does_not_repeat_the_warnings(put: Put) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("Acme Notes.app/Contents/Info.plist", "")
        archive.writestr("Acme Draw.app/Contents/Info.plist", "")

    inspection = inspect_installer(put("Acme-1.0.zip", written.getvalue()))

    assert "2 apps" in inspection.facts.warnings[0]
    assert isinstance(inspection.outcome, Skipped)
    assert "2 apps" not in inspection.outcome.reason


def test_an_installer_that_is_cut_short_is_never_offered(put: Put) -> None:
    inspection = inspect_installer(put("Acme-Notes-1.3.0-mac.zip", build_mac_zip("1.3.0", size=5000)[:-30]))

    assert inspection.kind is PackageKind.ZIP
    assert isinstance(inspection.outcome, Skipped)
    assert "cut short" in inspection.outcome.reason


def test_a_sidecar_counts_before_everything(put: Put) -> None:
    put("Acme-Notes.zip.yaml", 'short_version: "2.0"')

    inspection = inspect_installer(put("Acme-Notes.zip", build_mac_zip("1.3.0")))

    assert inspection.facts.short_version == "2.0"


def test_a_folder_is_no_installer(dist: Path) -> None:
    (dist / "Acme Notes.app").mkdir()

    with pytest.raises(InstallerError, match=r"Acme Notes\.app is no file: name the archive"):
        inspect_installer(dist / "Acme Notes.app")


def test_a_file_that_is_not_there_is_named(dist: Path) -> None:
    with pytest.raises(InstallerError, match=r"nope\.dmg cannot be read: No such file"):
        inspect_installer(dist / "nope.dmg")
