"""What the author of an installer says of it, in a file beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.policy import POLICY_FIELDS
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import ConfigurationError
from ota_dev.scan.sidecars import Sidecar, is_sidecar_name, read_sidecar, sidecar_names

Put = Callable[..., Path]


@pytest.mark.parametrize(
    ("installer", "names"),
    [
        ("Acme-1.3.0.dmg", ("Acme-1.3.0.dmg.yaml", "Acme-1.3.0.yaml")),
        ("Acme-1.3.0.tar.gz", ("Acme-1.3.0.tar.gz.yaml", "Acme-1.3.0.yaml")),
        ("old/Acme-1.3.0.EXE", ("old/Acme-1.3.0.EXE.yaml", "old/Acme-1.3.0.yaml")),
    ],
)
def test_a_sidecar_has_the_name_of_the_installer_or_its_name_without_the_ending(
    installer: str, names: tuple[str, ...]
) -> None:
    assert sidecar_names(installer) == names


@pytest.mark.parametrize("name", ["README.txt", "Acme-1.3.0.dmg.yaml"])
def test_what_is_no_installer_has_no_sidecar(name: str) -> None:
    assert sidecar_names(name) == ()


@pytest.mark.parametrize(("name", "may_be"), [("Acme.dmg.yaml", True), ("Acme.yaml", True), ("Acme.dmg", False)])
def test_a_sidecar_is_known_by_its_ending(name: str, may_be: bool) -> None:
    assert is_sidecar_name(name) is may_be


def test_a_sidecar_says_system_architecture_app_and_versions(put: Put) -> None:
    path = put("Acme.yaml", 'os: linux\narch: arm64\napp: Acme Notes\nversion: "1300"\nshort_version: "1.3.0"\n')

    sidecar = read_sidecar(path)

    assert sidecar == Sidecar(
        app="Acme Notes",
        facts=Facts.read_from(
            "Acme.yaml",
            platform=Platform.LINUX,
            architectures=(Architecture.ARM64,),
            version="1300",
            short_version="1.3.0",
        ),
    )


@pytest.mark.parametrize("content", ["", "os:\narch: ''\n"])
def test_a_sidecar_need_not_say_anything(put: Put, content: str) -> None:
    assert read_sidecar(put("Acme.yaml", content)) == Sidecar()


@pytest.mark.parametrize(
    ("spelling", "platform"),
    [("macOS", Platform.MACOS), ("darwin", Platform.MACOS), ("win64", Platform.WINDOWS), ("LINUX", Platform.LINUX)],
)
def test_a_system_may_be_spelled_as_usual(put: Put, spelling: str, platform: Platform) -> None:
    assert read_sidecar(put("Acme.yaml", f"os: {spelling}")).facts.platform is platform


@pytest.mark.parametrize(
    ("spelling", "architecture"),
    [("aarch64", Architecture.ARM64), ("x64", Architecture.X86_64), ("universal2", Architecture.UNIVERSAL)],
)
def test_an_architecture_may_be_spelled_as_usual(put: Put, spelling: str, architecture: Architecture) -> None:
    assert read_sidecar(put("Acme.yaml", f"arch: {spelling}")).facts.architectures == (architecture,)


PROBLEMS = {
    "an unknown key that is close to a known one": (
        'os: linux\nshort-version: "1.3.0"\n',
        ", line 2: short-version: there is no such key, did you mean short_version?",
    ),
    "an unknown key that is close to none": (
        "colour: blue",
        ", line 1: colour: there is no such key, use one of os, arch, app, version, short_version, "
        + ", ".join(POLICY_FIELDS),
    ),
    "an unknown key that was merged in": (
        "<<:\n  oss: linux\n",
        ", line 2: oss: there is no such key, did you mean os?",
    ),
    "an unknown system": (
        "\nos: beos",
        ", line 2: os: 'beos' is no operating system, use macos, windows or linux",
    ),
    "an unknown architecture": (
        "arch: m68k",
        ", line 1: arch: 'm68k' is no architecture, use arm64, x86_64, x86 or universal",
    ),
    "a version without quotes": (
        "os: linux\nversion: 1.10\n",
        ", line 2: version: write it in quotes, YAML reads it as the float 1.1",
    ),
    "a short version without quotes": (
        "short_version: 2",
        ", line 1: short_version: write it in quotes, YAML reads it as the int 2",
    ),
    "an app that is no text": ("app: [Acme]", ", line 1: app: write it in quotes, YAML reads it as the list ['Acme']"),
    "no YAML": ("os: a: b", ", line 1: this is no YAML: mapping values are not allowed here"),
}


@pytest.mark.parametrize(("content", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_sidecar_that_cannot_be_used_is_named_with_line_key_and_remedy(put: Put, content: str, message: str) -> None:
    path = put("Acme.yaml", content)

    with pytest.raises(ConfigurationError) as raised:
        read_sidecar(path)

    assert str(raised.value) == f"{path}{message}"
