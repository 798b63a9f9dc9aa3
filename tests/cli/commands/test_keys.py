import os
import stat
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.minisign_writing import packed_public_key

SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")  # RFC 8032, 7.1, TEST 3
PUBLIC_TEXT = "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU="
PUBLIC_PEM = f"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA{PUBLIC_TEXT}\n-----END PUBLIC KEY-----\n"
# `pubkey` of tauri.conf.json: the two lines of a minisign key in base64.
PACKED = packed_public_key(b64decode(PUBLIC_TEXT))
SHOWN = f"""\
Sparkle: the app's Info.plist
<key>SUPublicEDKey</key>
<string>{PUBLIC_TEXT}</string>

WinSparkle: before win_sparkle_init(), from WinSparkle 0.9 on
win_sparkle_set_eddsa_public_key("{PUBLIC_TEXT}");

NetSparkle: the checker of the SparkleUpdater
new Ed25519Checker(SecurityMode.Strict, "{PUBLIC_TEXT}")

Tauri: plugins.updater in tauri.conf.json
"pubkey": "{PACKED}"

Hand-written client: a PEM file, which openssl reads too
{PUBLIC_PEM}"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_keys(*arguments: str, stdin: str = "", environment: str | None = None) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, "OTA_DEV_DATA_DIR": str(tmp_path / "data")}
        if environment is not None:
            variables["OTA_DEV_PRIVATE_KEY"] = environment
        return subprocess.run(
            [sys.executable, "-m", "ota_dev", "keys", *arguments],
            cwd=tmp_path,
            env=variables,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run_keys


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    path = tmp_path / "acme-notes.key"
    path.write_bytes(b64encode(SEED))
    path.chmod(0o600)
    return path.name


def test_a_key_is_shown_as_each_client_wants_it(run: Run, key_file: str) -> None:
    shown = run("show", "--key", key_file)

    assert (shown.returncode, shown.stdout, shown.stderr) == (0, SHOWN, "")


def test_a_key_is_shown_from_standard_input_and_from_the_environment(run: Run) -> None:
    text = b64encode(SEED).decode()

    assert run("show", "--key", "-", stdin=f"{text}\n").stdout == SHOWN
    assert run("show", environment=text).stdout == SHOWN


def test_the_test_key_is_made_and_shown(run: Run, tmp_path: Path) -> None:
    first, second = run("show", "--test-key"), run("show", "--test-key")

    assert first.stdout == second.stdout
    assert run("show", "--key", str(tmp_path / "data" / "TEST-private-key.pem")).stdout == first.stdout


@pytest.mark.parametrize("key_format", ["sparkle", "pem", "netsparkle"])
def test_a_new_key_is_in_a_file_of_its_owner_and_shown(key_format: str, run: Run, tmp_path: Path) -> None:
    made = run("new", "new.priv", "--format", key_format)

    shown = run("show", "--key", "new.priv")
    written = ["new.priv", "new.pub"] if key_format == "netsparkle" else ["new.priv"]
    assert (made.returncode, made.stdout) == (0, shown.stdout)
    assert made.stderr.splitlines() == [f"wrote {name}" for name in written]
    assert sorted(path.name for path in tmp_path.iterdir()) == written


def test_a_key_is_never_lost_unasked(run: Run, key_file: str, tmp_path: Path) -> None:
    results = [run("new", key_file), run("import", key_file, key_file)]
    results.append(run("export", key_file, "--private", "--key", key_file))

    refusal = f"ota-dev: {key_file} exists and stays as it is: choose another name, or replace it with --force\n"
    assert [(result.returncode, result.stdout, result.stderr) for result in results] == [(3, "", refusal)] * 3
    assert (tmp_path / key_file).read_bytes() == b64encode(SEED)


def test_a_key_is_replaced_with_force(run: Run, key_file: str, tmp_path: Path) -> None:
    result = run("new", key_file, "--force")

    assert result.returncode == 0
    assert (tmp_path / key_file).read_bytes() != b64encode(SEED)


def test_a_key_from_the_keychain_is_imported(run: Run, tmp_path: Path) -> None:
    result = run("import", "-", "imported.pem", "--format", "pem", stdin=b64encode(SEED).decode() + "\n")

    openssl = subprocess.run(
        ["openssl", "pkey", "-in", tmp_path / "imported.pem", "-pubout"], capture_output=True, text=True, check=True
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, SHOWN, "wrote imported.pem\n")
    assert openssl.stdout == PUBLIC_PEM


@pytest.mark.parametrize(
    ("options", "text"),
    [([], PUBLIC_PEM), (["--format", "sparkle"], f"{PUBLIC_TEXT}\n"), (["--format", "netsparkle"], f"{PUBLIC_TEXT}\n")],
    ids=["PEM", "Sparkle", "NetSparkle"],
)
def test_the_public_half_is_exported(options: list[str], text: str, run: Run, key_file: str, tmp_path: Path) -> None:
    to_stdout = run("export", "--key", key_file, *options)
    to_file = run("export", "public", "--key", key_file, *options)

    assert (to_stdout.returncode, to_stdout.stdout, to_stdout.stderr) == (0, text, "")
    assert (to_file.returncode, to_file.stdout, to_file.stderr) == (0, "", "wrote public\n")
    assert (tmp_path / "public").read_text().rstrip() == text.rstrip()


def test_the_private_half_is_exported_to_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ed25519.pem").write_bytes(
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519"], capture_output=True, check=True).stdout
    )
    (tmp_path / "ed25519.pem").chmod(0o600)

    result = run("export", "NetSparkle_Ed25519.priv", "--private", "--format", "netsparkle", "--key", "ed25519.pem")

    assert (result.returncode, result.stdout) == (0, "")
    assert run("show", "--key", "NetSparkle_Ed25519.priv").stdout == run("show", "--key", "ed25519.pem").stdout
    assert len((tmp_path / "NetSparkle_Ed25519.pub").read_bytes()) == 44


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show"], "there is no key: name its file with --key FILE (- is standard input), or set OTA_DEV_PRIVATE_KEY"),
        (
            ["export"],
            "there is no key: name its file with --key FILE (- is standard input), or set OTA_DEV_PRIVATE_KEY",
        ),
        (
            ["export", "new.key", "--private"],
            "there is no key: name its file with --key FILE (- is standard input), or set OTA_DEV_PRIVATE_KEY",
        ),
        (["show", "--test-key", "--key", "-"], "--test-key and --key name two keys: give one of them"),
        (["export", "--private"], "--private writes to a file and never to the terminal: name the file"),
        (["import", "-", "new.key"], "standard input is empty, but should hold a key"),
    ],
    ids=["nothing to show", "nothing to export", "nothing to export whole", "two keys", "no file", "nothing to import"],
)
def test_it_says_what_is_missing(arguments: list[str], message: str, run: Run, tmp_path: Path) -> None:
    result = run(*arguments)

    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"ota-dev: {message}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_no_wrong_usage(run: Run) -> None:
    result = run("show", "--key", "missing.key")

    assert (result.returncode, result.stderr) == (3, "ota-dev: missing.key does not exist: check its name\n")


def test_without_a_command_the_help_names_them_all(run: Run) -> None:
    result = run()

    assert [
        name for name in ("new", "show", "import", "export") if f" {name} " not in result.stdout + result.stderr
    ] == []


if sys.platform != "win32":

    def test_private_files_are_for_their_owner_only(run: Run, key_file: str, tmp_path: Path) -> None:
        run("new", "new.key")
        run("import", key_file, "imported.key")
        run("export", "exported.key", "--private", "--key", key_file)

        written = ("new.key", "imported.key", "exported.key")
        assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in written] == [0o600] * 3
