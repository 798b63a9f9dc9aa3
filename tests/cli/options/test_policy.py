"""The options that say what the newest release is."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

from ota_dev.catalog.policy import NOTHING_SAID, POLICY_FIELDS, Critical, Informational, Policy
from ota_dev.cli.app import build_command
from ota_dev.cli.options.policy import with_policy_options
from ota_dev.errors import UsageError

Generate = Callable[..., subprocess.CompletedProcess[bytes]]
LINK = "https://example.com/acme-notes"

SAID: dict[str, tuple[tuple[str, ...], Policy]] = {
    "nothing": ((), Policy()),
    "a title": (("--title", "Acme Notes 2 & more"), Policy(title="Acme Notes 2 & more")),
    "a channel": (("--channel", "beta"), Policy(channel="beta")),
    "systems": (("--minimum-os", "11.0", "--maximum-os", "15.99"), Policy(minimum_os="11.0", maximum_os="15.99")),
    "hardware": (("--hardware-requirements", "ARM64"), Policy(hardware_requirements=("arm64",))),
    "a least version": (("--minimum-update-version", "100"), Policy(minimum_update_version="100")),
    "a major upgrade": (("--minimum-autoupdate-version", "200"), Policy(minimum_autoupdate_version="200")),
    "a skipped upgrade told again": (
        ("--ignore-skipped-upgrades-below-version", "210"),
        Policy(ignore_skipped_upgrades_below_version="210"),
    ),
    "critical for all": (("--critical",), Policy(critical=Critical())),
    "critical for some": (("--critical-below", "120"), Policy(critical=Critical(below_version="120"))),
    "critical, and for whom": (("--critical", "--critical-below", "1"), Policy(critical=Critical(below_version="1"))),
    "a rollout": (("--phased-rollout-interval", "12h"), Policy(phased_rollout_interval=timedelta(hours=12))),
    "to some of a hundred": (("--staging", "25%"), Policy(staging=25)),
    "announced to all": (
        ("--informational", "--link", LINK),
        Policy(informational=Informational(), link=LINK),
    ),
    "announced to some": (
        ("--informational-versions", "100, 101", "--informational-below", "90"),
        Policy(informational=Informational(versions=("100", "101"), below_version="90")),
    ),
    "arguments": (("--installer-arguments", "/S /D=C:"), Policy(installer_arguments="/S /D=C:")),
    "the history": (("--full-release-notes-link", LINK), Policy(full_release_notes_link=LINK)),
    "a date": (
        ("--publication-date", "2026-03-01T09:00:00+01:00"),
        Policy(publication_date=datetime(2026, 3, 1, 8, tzinfo=UTC)),
    ),
}


def run(arguments: tuple[str, ...]) -> list[Policy]:
    """Run a command that takes a policy; give what it was given."""
    given: list[Policy] = []

    def command(newest: Policy = NOTHING_SAID) -> None:
        given.append(newest)

    app = Typer()
    app.command()(with_policy_options(command))
    CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    return given


@pytest.mark.parametrize(("arguments", "policy"), SAID.values(), ids=SAID)
def test_options_say_a_policy(arguments: tuple[str, ...], policy: Policy) -> None:
    assert run(arguments) == [policy]


def test_every_field_of_a_policy_but_own_elements_has_an_option() -> None:
    assert {name for _, policy in SAID.values() for name in policy.said()} == set(POLICY_FIELDS) - {"own_elements"}


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--title", "", "write one line"),
        ("--channel", "a b", "'a b' is no channel's name"),
        ("--minimum-os", "11.0-beta", "is no system's version"),
        ("--hardware-requirements", "x86_64", "is no requirement that clients know"),
        ("--critical-below", "-", "is no version"),
        ("--informational-versions", "1,,2", "is no version"),
        ("--phased-rollout-interval", "soon", "is no interval"),
        ("--staging", "0", "is no percentage"),
        ("--staging", "101", "is no percentage"),
        ("--link", "example.com", "is no link"),
        ("--publication-date", "tomorrow", "is no date"),
    ],
)
def test_what_clients_would_misread_is_refused_by_the_name_of_its_option(option: str, value: str, problem: str) -> None:
    with pytest.raises(UsageError) as raised:
        run((option, value))

    assert str(raised.value).startswith(f"{option}: ")
    assert problem in str(raised.value)


def test_every_command_that_publishes_has_the_same_options() -> None:
    def policy_options(name: str) -> list[tuple[Any, ...]]:
        options = (option for option in build_command(name).params if getattr(option, "rich_help_panel", None))
        return [(option.name, option.opts, getattr(option, "help", None), option.metavar) for option in options]

    assert policy_options("serve") == policy_options("generate-appcast")
    assert len(policy_options("serve")) == 19


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """Run `generate-appcast` in the folder that has `dist` in it."""

    def run_command(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "ota_dev", "generate-appcast", "--quiet", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=30)

    return run_command


def test_an_option_goes_before_a_sidecar_and_that_before_ota_dev_yaml(
    generate: Generate, dist: Path, mac_zip: Callable[..., bytes]
) -> None:
    for version in ("1.2.0", "1.3.0"):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
    (dist / "Acme-Notes-1.3.0.zip.yaml").write_text("title: By sidecar\nminimum_os: '12.0'\n")
    (dist.parent / "ota-dev.yaml").write_text("releases: {'*': {title: By file, minimum_os: '11.0', channel: nightly}}")

    feed = generate("--title", "By option").stdout.decode()

    newest, older = feed.split("<item>")[1:]
    assert "<title>By option</title>" in newest
    assert "<sparkle:minimumSystemVersion>12.0<" in newest
    assert "<sparkle:channel>nightly<" in newest
    assert "<title>By file</title>" in older


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--channel", "?"), b"ota-dev: --channel: '?' is no channel's name"),
        (("--informational",), b"ota-dev: Acme-Notes-1.3.0.zip: an informational update is a link"),
    ],
)
def test_a_policy_that_cannot_be_used_is_wrong_usage(
    generate: Generate, dist: Path, mac_zip: Callable[..., bytes], arguments: tuple[str, ...], message: bytes
) -> None:
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))

    result = generate(*arguments)

    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(message)
