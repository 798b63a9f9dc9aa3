"""`ota-dev inspect`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ota_dev.cli.app import run
from tests.conftest import build_mac_zip

FIELDS = {
    *("file", "kind", "name", "identifier", "version", "short_version", "platform", "architectures", "minimum_os"),
    *("publisher", "public_key", "feed_url", "sources", "warnings", "appcast"),
}


@pytest.fixture
def inspect(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[object, str, str]]:
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


def test_each_fact_stands_beside_its_source(inspect: Callable[..., tuple[object, str, str]], installer: Path) -> None:
    code, out, err = inspect(installer)

    assert (code, err) == (0, "")
    assert "  short version  1.3.0                    Info.plist\n" in out
    assert "  in a feed      1.3.0 for macos" in out


def test_json_has_every_field_and_null_for_what_is_not_known(
    inspect: Callable[..., tuple[object, str, str]], installer: Path
) -> None:
    _, out, _ = inspect("--format", "json", installer)

    (record,) = json.loads(out)
    assert set(record) == FIELDS
    assert (record["kind"], record["platform"], record["publisher"]) == ("zip", "macos", None)
    assert record["sources"]["name"] == "Info.plist"


def test_yaml_says_the_same_as_json(inspect: Callable[..., tuple[object, str, str]], installer: Path) -> None:
    _, as_json, _ = inspect("--format", "json", installer)
    _, as_yaml, _ = inspect("--format", "yaml", installer)

    assert yaml.safe_load(as_yaml) == json.loads(as_json)


def test_a_missing_file_is_named_and_the_others_are_read(
    inspect: Callable[..., tuple[object, str, str]], installer: Path
) -> None:
    code, out, err = inspect(installer.with_name("nope.dmg"), installer)

    assert code == 3
    assert "nope.dmg cannot be read" in err
    assert "1.3.0" in out


def test_control_characters_from_a_file_never_reach_the_terminal(
    inspect: Callable[..., tuple[object, str, str]], dist: Path
) -> None:
    hostile = dist / "\x1b[31mAcme-1.0.exe"
    hostile.write_bytes(b"an installer")

    _, out, _ = inspect(hostile)

    assert "\x1b" not in out
