"""No part of a private key is in anything that people, logs or other processes see."""

import json
import os
import subprocess
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pytest

from ota_dev.errors import SigningError
from ota_dev.signing import KeyFormat, PrivateKey, read_private_key, sign_files
from ota_dev.signing.key_formats import format_private_key
from tests.signing.leaks import leaks

EXPANDED = bytes(range(100, 164))


@pytest.fixture
def key_texts(key: PrivateKey) -> dict[str, bytes]:
    seed = key.seed.reveal()
    sparkle = b64encode(seed)
    pem = format_private_key(key, KeyFormat.PEM).reveal()
    return {
        "good": sparkle,
        "good.pem": pem,
        "good.priv": sparkle,
        "cut.key": sparkle[:-1],
        "short.key": b64encode(seed[:-1]),
        "long.key": b64encode(seed + b"!"),
        "twice.key": sparkle + b"\n" + sparkle,
        "hex.key": seed.hex().encode(),
        "raw.key": seed,
        "old.key": b64encode(EXPANDED + key.public_key.raw),
        "pair.key": b64encode(seed + key.public_key.raw),
        "cut.pem": pem.replace(b"-----END", b""),
        "damaged.pem": pem.replace(b"MC4C", b"MC4D"),
        "utf16.key": sparkle.decode().encode("utf-16-le"),
    }


@pytest.fixture
def folder(tmp_path: Path, key_texts: dict[str, bytes]) -> Path:
    for name, text in key_texts.items():
        (tmp_path / name).write_bytes(text)
        (tmp_path / name).chmod(0o600)
    (tmp_path / "open.key").write_bytes(key_texts["good"])
    (tmp_path / "open.key").chmod(0o644)
    (tmp_path / "Acme-Notes.dmg").write_bytes(b"installer")
    return tmp_path


def run(folder: Path, *arguments: str, stdin: bytes = b"", environment: bytes = b"") -> bytes:
    """Run the command line with every way on that makes it say more, and give all it says."""
    variables = {
        **os.environ,
        "OTA_DEV_DEBUG": "1",
        "OTA_DEV_DATA_DIR": str(folder / "data"),
        "PYTHONFAULTHANDLER": "1",
    }
    if environment:
        variables["OTA_DEV_PRIVATE_KEY"] = os.fsdecode(environment)
    done = subprocess.run(
        [sys.executable, "-m", "ota_dev", *arguments],
        cwd=folder,
        env=variables,
        input=stdin,
        capture_output=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_search_finds_what_it_looks_for(key: PrivateKey) -> None:
    seed = key.seed.reveal()

    for seen in (seed, repr(seed).encode(), seed.hex().encode(), b64encode(seed), b64encode(b"0" + seed)):
        assert leaks(seen, seed) != []
    assert leaks(b64encode(key.public_key.raw), seed) == []


@pytest.mark.parametrize(
    "command",
    [
        "sign Acme-Notes.dmg --key KEY",
        "sign Acme-Notes.dmg missing.dmg --format json --key KEY",
        "keys show --key KEY",
        "keys export --key KEY",
        "keys export --format sparkle --key KEY",
        "keys export --private --force exported.key --key KEY",
        "keys import --force KEY imported.key",
        "verify Acme-Notes.dmg --signature AAAA --public-key KEY",
    ],
)
def test_no_command_shows_a_part_of_a_key(
    command: str, folder: Path, key: PrivateKey, key_texts: dict[str, bytes]
) -> None:
    seen = [run(folder, *command.replace("KEY", name).split()) for name in ("good", "old.key", "open.key")]
    seen += [run(folder, *command.replace("KEY", "-").split(), stdin=key_texts["damaged.pem"])]

    assert all(seen)
    assert [leaks(text, key.seed.reveal()) + leaks(text, EXPANDED) for text in seen] == [[]] * 4


@pytest.mark.parametrize("name", ["good", "long.key"])
@pytest.mark.parametrize("command", ["sign Acme-Notes.dmg", "keys show", "keys export"])
def test_no_command_shows_a_part_of_the_key_in_the_environment(
    command: str, name: str, folder: Path, key: PrivateKey, key_texts: dict[str, bytes]
) -> None:
    seen = run(folder, *command.split(), environment=key_texts[name])

    assert seen
    assert leaks(seen, key.seed.reveal()) == []


def test_every_form_of_a_key_gives_a_traceback_without_it(folder: Path, key: PrivateKey) -> None:
    """Not even a traceback that shows the local variables of our functions, as error reporters make it."""
    spoilt = [path.name for path in folder.glob("*.*") if not path.name.startswith("good")]
    shown = b""
    for name in spoilt:
        with pytest.raises(SigningError) as caught:
            read_private_key(str(folder / name))
        shown += "".join(traceback_with_variables(caught.value)).encode("utf-8", "replace")

    assert len(spoilt) == 13
    assert shown.count(b"<secret of") >= len(spoilt) - 1
    assert leaks(shown, key.seed.reveal()) + leaks(shown, EXPANDED) == []


def traceback_with_variables(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        own_frames = error.__traceback__.tb_next if error.__traceback__ else None
        yield from frames_with_variables(own_frames)
        yield str(error)
        error = error.__cause__ or error.__context__


def frames_with_variables(frames: TracebackType | None) -> list[str]:
    return traceback.StackSummary.extract(traceback.walk_tb(frames), capture_locals=True).format()


def test_json_holds_the_public_key_only(folder: Path, key: PrivateKey) -> None:
    seen = run(folder, "sign", "Acme-Notes.dmg", "--format", "json", "--key", "good")

    assert json.loads(seen)[0]["public_key"] == key.public_key.base64


def test_the_test_key_is_not_shown_when_it_is_made(folder: Path) -> None:
    seen = run(folder, "keys", "show", "--test-key")

    made = read_private_key(str(folder / "data" / "TEST-private-key.pem"))
    assert made.public_key.base64.encode() in seen
    assert leaks(seen, made.seed.reveal()) == []


@pytest.mark.parametrize("key_format", KeyFormat)
def test_a_new_key_is_in_its_file_only(key_format: KeyFormat, folder: Path) -> None:
    seen = run(folder, "keys", "new", "new.priv", "--format", key_format)

    made = read_private_key(str(folder / "new.priv"))
    others = [path.read_bytes() for path in folder.glob("new.*") if path.name != "new.priv"]
    assert made.public_key.base64.encode() in seen
    assert [leaks(text, made.seed.reveal()) for text in [seen, *others]] == [[]] * (1 + len(others))


if sys.platform == "linux":

    def processes_of(parent: int) -> Iterator[Path]:
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                with suppress(OSError):
                    if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                        yield process

    def wait_for_child_with(file: Path, parent: int) -> Path:
        while True:
            for process in processes_of(parent):
                with suppress(OSError):
                    if str(file) in (process / "maps").read_text():
                        return process

    @pytest.fixture
    def large(tmp_path: Path) -> Path:
        path = tmp_path / "large.dmg"
        with path.open("wb") as file:
            file.truncate(512 * 1024 * 1024)
        return path

    @pytest.mark.usefixtures("mapped")
    def test_the_worker_shows_no_part_of_the_key_to_other_processes(
        large: Path, installer: Path, key: PrivateKey, key_texts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OTA_DEV_PRIVATE_KEY", key_texts["good"].decode())
        results = sign_files([installer, large], key)
        next(results)
        worker = wait_for_child_with(large, os.getpid())

        seen = b"".join((worker / name).read_bytes() for name in ("cmdline", "environ", "comm"))
        results.close()  # type: ignore[attr-defined] # every generator has it

        assert b"mapping_worker.py" in seen
        assert b"PYTHONPATH" in seen
        assert leaks(seen, key.seed.reveal()) == []

    def test_no_process_of_a_command_shows_a_part_of_the_key(
        large: Path, key: PrivateKey, folder: Path, start: Callable[..., subprocess.Popen[bytes]]
    ) -> None:
        command = start(folder, "sign", str(large), "--key", "good.pem")
        worker = wait_for_child_with(large, command.pid)

        seen = b"".join(
            (process / name).read_bytes()
            for process in (worker, Path("/proc", str(command.pid)))
            for name in ("cmdline", "environ", "comm")
        )

        assert b"good.pem" in seen
        assert leaks(seen, key.seed.reveal()) == []

    @pytest.fixture
    def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
        started = []

        def start_command(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [sys.executable, "-m", "ota_dev", *arguments],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            started.append(process)
            return process

        yield start_command
        for process in started:
            process.terminate()
            process.wait()
