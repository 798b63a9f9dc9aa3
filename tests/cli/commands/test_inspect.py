"""`ota-dev inspect`."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ota_dev.cli.app import run
from ota_dev.cli.commands.inspect import LABELS
from tests.conftest import build_mac_zip
from tests.installers.recipes.deb import deb
from tests.installers.recipes.disk_image import hfs_plus_image
from tests.installers.recipes.every_kind import EVERY_KIND, Sample
from tests.installers.recipes.mac_apps import ARM64, X86_64, Processor

Inspect = Callable[..., tuple[object, str, str]]

FACTS = {
    *("name", "identifier", "version", "short_version", "platform", "architectures"),
    *("minimum_os", "publisher", "public_key", "feed_url", "block_map_size", "channel"),
}


@pytest.fixture
def inspect(capfdbinary: pytest.CaptureFixture[bytes]) -> Inspect:
    """Run the command: exit code, stdout, stderr."""

    def run_command(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as end:
            run(["inspect", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return run_command


@pytest.fixture
def installer(dist: Path) -> Path:
    path = dist / "Acme-Notes-1.3.0-mac.zip"
    path.write_bytes(build_mac_zip("1.3.0"))
    return path


def test_each_fact_stands_beside_its_source(inspect: Inspect, installer: Path) -> None:
    code, out, err = inspect(installer)

    assert (code, err) == (0, "")
    assert "  short version   1.3.0                    Info.plist\n" in out
    assert "  in the appcast  1.3.0 for macos, every architecture\n" in out


def test_json_has_every_field_and_null_for_what_is_not_known(inspect: Inspect, installer: Path) -> None:
    _, out, _ = inspect("--format", "json", installer)

    (record,) = json.loads(out)
    assert set(record) == {"file", "kind", *FACTS, "sources", "warnings", "appcast"}
    assert (record["kind"], record["platform"], record["publisher"]) == ("zip", "macos", None)
    assert record["sources"]["name"] == "Info.plist"


@pytest.mark.parametrize(("name", "sample"), EVERY_KIND.items(), ids=EVERY_KIND)
def test_everything_that_is_in_an_installer_of_any_kind_is_shown(
    inspect: Inspect, build: Callable[..., Path], dist: Path, name: str, sample: Sample
) -> None:
    shutil.copy(build(sample.recipe, **sample.options), dist / name)

    _, as_json, _ = inspect("--format", "json", dist / name)
    _, as_text, err = inspect(dist / name)

    (record,) = json.loads(as_json)
    assert {field: value for field, value in record.items() if field in FACTS and value} == sample.truth
    assert record["warnings"] == []
    assert record["appcast"]["offered"] is True
    rows = [tuple(re.split(r" {2,}", line.strip())) for line in as_text.splitlines()]
    for field, where in record["sources"].items():
        shown = ", ".join(record[field]) if field == "architectures" else str(record[field])
        assert (LABELS.get(field, field.replace("_", " ")), shown, where) in rows
    assert (err, "!" in as_text) == ("", False)


@pytest.mark.parametrize(
    ("processors", "said", "arch", "hardware"),
    [
        ((ARM64,), "arm64 only", "arm64", "arm64"),
        ((X86_64,), "x86_64", "x86_64", None),
        ((X86_64, ARM64), "every architecture", None, None),
    ],
    ids=["Apple silicon", "Intel", "both"],
)
def test_what_the_appcast_would_say_is_told(
    *,
    inspect: Inspect,
    build: Callable[..., Path],
    dist: Path,
    processors: tuple[Processor, ...],
    said: str,
    arch: str | None,
    hardware: str | None,
) -> None:
    shutil.copy(build(hfs_plus_image, processors=processors), dist / "Acme.dmg")

    _, as_text, _ = inspect(dist / "Acme.dmg")
    _, as_json, _ = inspect("--format", "json", dist / "Acme.dmg")

    assert as_text.endswith(f"  in the appcast  1.3.0 (build 130) for macos 12.0 and newer, {said}\n")
    assert json.loads(as_json)[0]["appcast"] == {
        "offered": True,
        "version": "130",
        "short_version": "1.3.0",
        "os": "macos",
        "arch": arch,
        "minimum_system_version": "12.0",
        "hardware_requirements": hardware,
    }


def test_why_an_installer_is_left_out_is_the_last_line(inspect: Inspect, dist: Path) -> None:
    (dist / "Acme-1.0.exe").touch()

    _, as_text, _ = inspect(dist / "Acme-1.0.exe")
    _, as_json, _ = inspect("--format", "json", dist / "Acme-1.0.exe")

    assert as_text.endswith("  in the appcast  left out: it is empty\n")
    assert json.loads(as_json)[0]["appcast"] == {"offered": False, "reason": "it is empty"}


def test_a_name_that_contradicts_the_inside_is_a_warning_of_both(
    inspect: Inspect, build: Callable[..., Path], dist: Path
) -> None:
    shutil.copy(build(deb, version="1:1.2.0-1"), dist / "acme-notes_1.3.0_amd64.deb")

    _, out, _ = inspect(dist / "acme-notes_1.3.0_amd64.deb")

    assert "  ! the file name says 1.3.0, the control file (Version 1:1.2.0-1) says 1.2.0: 1.2.0 is used\n" in out


def test_a_wrong_ending_is_a_warning_and_the_content_is_read(
    inspect: Inspect, build: Callable[..., Path], dist: Path
) -> None:
    shutil.copy(build(deb, version="1.2.0"), dist / "Acme.exe")

    _, out, _ = inspect(dist / "Acme.exe")

    assert "  ! its content is deb, its name says exe: rename it, since clients go by the name\n" in out
    assert "1.2.0 for linux" in out


def test_several_files_are_told_apart_by_an_empty_line(inspect: Inspect, installer: Path) -> None:
    _, out, _ = inspect(installer, installer)

    one, other = out.split("\n\n")
    assert one == other.removesuffix("\n")


def test_json_is_valid_whatever_the_file_is_called(inspect: Inspect, installer: Path) -> None:
    odd = installer.rename(installer.with_name("caf\udce9\u202e.zip"))

    _, out, _ = inspect("--format", "json", odd)

    assert out.isascii()
    assert json.loads(out)[0]["file"] == str(odd)


def test_yaml_says_the_same_as_json(inspect: Inspect, installer: Path) -> None:
    _, as_json, _ = inspect("--format", "json", installer)
    _, as_yaml, _ = inspect("--format", "yaml", installer)

    assert yaml.safe_load(as_yaml) == json.loads(as_json)


def test_a_missing_file_is_named_and_the_others_are_read(inspect: Inspect, installer: Path) -> None:
    code, out, err = inspect(installer.with_name("nope.dmg"), installer)

    assert code == 3
    assert "nope.dmg cannot be read" in err
    assert "1.3.0" in out


def test_control_characters_from_a_file_never_reach_the_terminal(inspect: Inspect, dist: Path) -> None:
    hostile = dist / "\x1b[31mAcme-1.0.exe"
    hostile.write_bytes(b"an installer")

    _, out, _ = inspect(hostile)

    assert "\x1b" not in out
