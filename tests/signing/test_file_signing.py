import hashlib
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from ota_dev.errors import SigningError
from ota_dev.signing import (
    PRIVATE_KEY_VARIABLE,
    KeyFormat,
    PrivateKey,
    SignedFile,
    UnsignedFile,
    format_public_key,
    sign_bytes,
    sign_file,
    sign_files,
    verify_file,
    write_private_key,
)
from ota_dev.signing.small_files import LARGEST

OpenSsl = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(params=["read", "mapped"])
def either_way(request: pytest.FixtureRequest) -> None:
    """Sign in this process, then in one of its own."""
    if request.param == "mapped":
        request.getfixturevalue("mapped")


def large_file(folder: Path) -> Path:
    path = folder / "large.dmg"
    with path.open("wb") as file:
        file.truncate(512 * 1024 * 1024)
    return path


@pytest.mark.usefixtures("either_way")
def test_a_file_is_signed_over_all_its_bytes(key: PrivateKey, installer: Path) -> None:
    signed = sign_file(installer, key)

    assert signed == SignedFile(
        path=installer, size=102_400, signature=sign_bytes(installer.read_bytes(), key), digests={}
    )


@pytest.mark.usefixtures("either_way")
def test_an_empty_file_is_signed_too(key: PrivateKey, tmp_path: Path) -> None:
    path = tmp_path / "empty.dmg"
    path.touch()

    assert sign_file(path, key).signature == sign_bytes(b"", key)


@pytest.mark.usefixtures("either_way")
def test_digests_are_made_beside_the_signature(key: PrivateKey, installer: Path) -> None:
    signed = sign_file(installer, key, ["sha512", "md5", "sha256"])

    content = installer.read_bytes()
    assert list(signed.digests.items()) == [
        (name, hashlib.new(name, content).digest()) for name in ("sha512", "md5", "sha256")
    ]


@pytest.mark.usefixtures("either_way")
def test_openssl_accepts_our_signature(key: PrivateKey, installer: Path, tmp_path: Path, openssl: OpenSsl) -> None:
    (tmp_path / "public.pem").write_text(format_public_key(key.public_key, KeyFormat.PEM))
    (tmp_path / "signature").write_bytes(b64decode(sign_file(installer, key).signature))

    verified = openssl(
        *("pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", installer),
        *("-sigfile", "signature"),
    )

    assert verified.stdout == b"Signature Verified Successfully\n"


@pytest.mark.usefixtures("either_way")
def test_openssl_makes_the_same_signature(key: PrivateKey, installer: Path, tmp_path: Path, openssl: OpenSsl) -> None:
    write_private_key(tmp_path / "private.pem", key, KeyFormat.PEM, replace=False)

    made = openssl("pkeyutl", "-sign", "-inkey", "private.pem", "-rawin", "-in", installer).stdout

    assert b64decode(sign_file(installer, key).signature) == made


@pytest.mark.usefixtures("either_way")
def test_results_come_in_the_order_of_the_paths_and_an_error_costs_one(
    key: PrivateKey, installer: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.dmg"

    first, second, third, fourth = sign_files([installer, missing, tmp_path, installer], key)

    assert isinstance(first, SignedFile)
    assert first == fourth
    assert isinstance(second, UnsignedFile)
    assert isinstance(third, UnsignedFile)
    assert str(second.error) == f"{missing} does not exist: check its name"
    assert str(third.error) == f"{tmp_path} is a folder: name the files in it"


def test_no_files_need_no_process(key: PrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")

    assert list(sign_files([], key)) == []


def test_a_small_file_needs_no_process(key: PrivateKey, installer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")

    assert sign_file(installer, key).signature == sign_bytes(installer.read_bytes(), key)


def test_small_and_large_files_keep_their_order(key: PrivateKey, installer: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.dmg"
    large.write_bytes(bytes(LARGEST + 1))

    results = list(sign_files([large, installer, large, installer], key))

    assert [result.path for result in results] == [large, installer, large, installer]
    assert [result.signature for result in results if isinstance(result, SignedFile)] == [
        sign_bytes(path.read_bytes(), key) for path in (large, installer, large, installer)
    ]


@pytest.mark.usefixtures("mapped")
def test_a_process_that_cannot_be_started_is_named(
    key: PrivateKey, installer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")

    with pytest.raises(SigningError, match=r"^/nowhere cannot be started to sign files: No such file or directory$"):
        sign_file(installer, key)


@pytest.mark.usefixtures("mapped")
def test_a_process_that_fails_costs_an_error_for_each_file(
    key: PrivateKey, installer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "worker.py"
    broken.write_text("raise SystemExit(7)")
    monkeypatch.setattr("ota_dev.signing.mapped_files._WORKER", broken)

    results = list(sign_files([installer, installer], key))

    assert [str(result.error) for result in results if isinstance(result, UnsignedFile)] == [
        f"{installer} could not be read to its end, for the process that read it ended with code 7"
    ] * 2


@pytest.mark.usefixtures("mapped")
def test_a_line_that_was_cut_off_counts_for_nothing(
    key: PrivateKey, installer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "worker.py"
    broken.write_text("""print('{"size": 1, "signa', end="")""")
    monkeypatch.setattr("ota_dev.signing.mapped_files._WORKER", broken)

    with pytest.raises(SigningError, match="could not be read to its end"):
        sign_file(installer, key)


@pytest.mark.usefixtures("mapped")
def test_a_file_that_changes_while_it_is_signed_has_no_signature(
    key: PrivateKey, installer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meddling = tmp_path / "worker.py"
    meddling.write_text(
        "import os, runpy, sys\n"
        "from cryptography.hazmat.primitives.asymmetric import ed25519\n"
        "genuine = ed25519.Ed25519PrivateKey.from_private_bytes\n"
        "class Slow:\n"
        "    def __init__(self, seed): self.key = genuine(seed)\n"
        "    def sign(self, content):\n"
        f"        os.utime({str(installer)!r}, ns=(1, 1))\n"
        "        return self.key.sign(content)\n"
        "ed25519.Ed25519PrivateKey = type('', (), {'from_private_bytes': Slow})\n"
        f"runpy.run_path({str(worker_script())!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr("ota_dev.signing.mapped_files._WORKER", meddling)

    with pytest.raises(SigningError) as caught:
        sign_file(installer, key)

    assert str(caught.value) == f"{installer} changed while it was read: try again when it is complete"


def worker_script() -> Path:
    from ota_dev.signing import mapping_worker  # noqa: PLC0415 # only its place is wanted

    return Path(mapping_worker.__file__)


@pytest.mark.usefixtures("mapped")
def test_the_key_in_the_environment_is_not_handed_down(
    key: PrivateKey, installer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling = tmp_path / "worker.py"
    telling.write_text(f"import os; raise SystemExit(9 if {PRIVATE_KEY_VARIABLE!r} in os.environ else 8)")
    monkeypatch.setattr("ota_dev.signing.mapped_files._WORKER", telling)
    monkeypatch.setenv(PRIVATE_KEY_VARIABLE, "a key")

    with pytest.raises(SigningError, match=r"ended with code 8$"):
        sign_file(installer, key)


def test_the_process_imports_nothing_of_ota_dev(key: PrivateKey) -> None:
    probe = (
        f"import sys, runpy; sys.argv = ['worker']\nrunpy.run_path({str(worker_script())!r}, run_name='__main__')\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'ota_dev', 'pathlib', 'subprocess'}))"
    )
    job = key.seed.reveal().hex().encode() + b'\n{"paths": [], "algorithms": []}'

    imported = subprocess.run([sys.executable, "-c", probe], input=job, capture_output=True, check=True)

    assert imported.stdout == b"[]\n"


if sys.platform != "win32":

    def test_a_pipe_is_refused_without_waiting_for_its_other_end(key: PrivateKey, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.dmg"
        os.mkfifo(pipe)

        with pytest.raises(SigningError, match=r"pipe\.dmg cannot be read: it is no regular file$"):
            sign_file(pipe, key)

    def test_a_name_that_is_not_utf_8_is_no_obstacle(key: PrivateKey, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(b"caf\xe9.dmg")
        with suppress(OSError):  # macOS has no such names
            path.write_bytes(b"x")

            assert sign_file(path, key).signature == sign_bytes(b"x", key)


if sys.platform == "linux":
    import resource

    def mapping_processes(path: Path) -> Iterator[int]:
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                with suppress(OSError):
                    if str(path) in (process / "maps").read_text():
                        yield int(process.name)

    def wait_until_mapped(path: Path) -> int:
        while True:
            for process in mapping_processes(path):
                return process

    @pytest.mark.usefixtures("mapped")
    def test_a_file_that_is_cut_short_while_it_is_mapped_costs_only_its_own_result(
        key: PrivateKey, installer: Path, tmp_path: Path
    ) -> None:
        large = large_file(tmp_path)

        with ThreadPoolExecutor(1) as pool:
            signing = pool.submit(lambda: list(sign_files([installer, large, installer], key, ["sha256"])))
            process = wait_until_mapped(large)
            os.truncate(large, 0)
            first, second, third = signing.result(timeout=30)

        assert process != os.getpid()
        assert isinstance(first, SignedFile)
        assert first == third
        assert isinstance(second, UnsignedFile)
        assert str(second.error) == (
            f"{large} could not be read to its end, for the process that read it was ended by SIGBUS: "
            "the file was cut short meanwhile, or its disk fails"
        )

    def test_a_file_that_is_cut_short_while_it_is_verified_gives_an_error(key: PrivateKey, tmp_path: Path) -> None:
        large = large_file(tmp_path)

        with ThreadPoolExecutor(1) as pool:
            verifying = pool.submit(verify_file, large, sign_bytes(b"", key), key.public_key)
            wait_until_mapped(large)
            os.truncate(large, 4096)

            with pytest.raises(SigningError, match="ended by SIGBUS"):
                verifying.result(timeout=30)

    def test_a_process_that_is_killed_leaves_no_memory_behind(
        key: PrivateKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        large = large_file(tmp_path)
        monkeypatch.chdir(tmp_path)
        before = resource.getrlimit(resource.RLIMIT_CORE)

        with ThreadPoolExecutor(1) as pool:
            signing = pool.submit(sign_file, large, key)
            process = wait_until_mapped(large)
            limits = resource.prlimit(process, resource.RLIMIT_CORE)
            os.truncate(large, 0)
            error = signing.exception(timeout=30)

        assert isinstance(error, SigningError)
        assert limits == (1, 1)
        assert resource.getrlimit(resource.RLIMIT_CORE) == before

    @pytest.mark.usefixtures("mapped")
    def test_who_stops_asking_stops_the_process(key: PrivateKey, installer: Path, tmp_path: Path) -> None:
        large = large_file(tmp_path)
        os.truncate(large, 64 * 1024**3)  # minutes of work
        results = sign_files([installer, large], key)
        next(results)
        wait_until_mapped(large)

        results.close()  # type: ignore[attr-defined] # every generator has it

        assert list(mapping_processes(large)) == []

    def test_private_memory_does_not_grow_with_the_file(key: PrivateKey, tmp_path: Path) -> None:
        large = large_file(tmp_path)
        os.truncate(large, 256 * 1024 * 1024)
        program = (
            "import resource, sys; from pathlib import Path\n"
            "from ota_dev.signing import PrivateKey, sign_file\n"
            "from ota_dev.signing.secret import Secret\n"
            "resource.setrlimit(resource.RLIMIT_DATA, (128 << 20, 128 << 20))\n"  # handed down to the worker
            "print(sign_file(Path(sys.argv[1]), PrivateKey.from_seed(Secret(sys.stdin.buffer.read())), ['sha256']))"
        )

        done = subprocess.run(
            [sys.executable, "-c", program, large], input=key.seed.reveal(), capture_output=True, check=True
        )

        assert b"size=268435456" in done.stdout
