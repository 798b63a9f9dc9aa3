"""One installer by itself."""

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


def test_an_installer_that_is_cut_short_is_never_offered(put: Put) -> None:
    inspection = inspect_installer(put("Acme-Notes-1.3.0-mac.zip", build_mac_zip("1.3.0", size=5000)[:-30]))

    assert inspection.kind is PackageKind.ZIP
    assert isinstance(inspection.outcome, Skipped)
    assert "cut short" in inspection.outcome.reason


def test_a_sidecar_counts_before_everything(put: Put) -> None:
    put("Acme-Notes.zip.yaml", 'short_version: "2.0"')

    inspection = inspect_installer(put("Acme-Notes.zip", build_mac_zip("1.3.0")))

    assert inspection.facts.short_version == "2.0"


def test_a_file_that_is_not_there_is_named(dist: Path) -> None:
    with pytest.raises(InstallerError, match=r"nope\.dmg cannot be read: No such file"):
        inspect_installer(dist / "nope.dmg")
