import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Names that a checksum file must escape, or could mistake for something else.
AWKWARD_NAMES = ["Acme Notes 1.0.dmg", "back\\slash", "new\nline", "carriage\rreturn", "*star", "a) = b", " leading"]


class Shelf:
    """A folder of files, in which `ota-dev hash` and its peers run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, *names: str) -> None:
        for name in names:
            Path(self.folder, name).write_bytes(name.encode())

    def hash(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return self.run(sys.executable, "-m", "ota_dev", "hash", *arguments, stdin=stdin)

    def run(self, *command: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, cwd=self.folder, input=stdin, capture_output=True, check=False)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_sha256sum_confirms_what_is_written_for_any_name(shelf: Shelf) -> None:
    shelf.put(*AWKWARD_NAMES)

    result = shelf.hash("--", *AWKWARD_NAMES)

    judged = shelf.run("sha256sum", "--check", "--strict", stdin=result.stdout)
    assert (result.returncode, result.stderr) == (0, b"")
    assert (judged.returncode, judged.stderr) == (0, b"")
    assert judged.stdout.count(b": OK\n") == len(AWKWARD_NAMES)


def test_what_sha256sum_writes_is_confirmed_with_each_name_on_one_line(shelf: Shelf) -> None:
    shelf.put(*AWKWARD_NAMES)
    sums = shelf.run("sha256sum", "--", *AWKWARD_NAMES).stdout

    result = shelf.hash("--check", "-", stdin=sums)

    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().split("\n") == [
        "Acme Notes 1.0.dmg: OK",
        "\\back\\\\slash: OK",
        "\\new\\nline: OK",
        "\\carriage\\rreturn: OK",
        "*star: OK",
        "a) = b: OK",
        " leading: OK",
        "",
    ]


def test_openssl_gives_the_same_digests_from_one_reading(shelf: Shelf) -> None:
    shelf.put("app.zip")

    result = shelf.hash("-a", "sha512", "-a", "SHA1", "-a", "sha3_256", "app.zip", "-a", "sha1")

    peers = [
        shelf.run("openssl", "dgst", "-r", f"-{name}", "app.zip").stdout for name in ("sha512", "sha1", "sha3-256")
    ]
    digests = [peer.split()[0] for peer in peers]
    assert result.stdout.splitlines() == [
        b"SHA512 (app.zip) = " + digests[0],
        b"SHA1 (app.zip) = " + digests[1],
        b"SHA3-256 (app.zip) = " + digests[2],
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_hashed(shelf: Shelf) -> None:
    shelf.put("a.zip", "b.zip")

    result = shelf.hash("a.zip", "missing.zip", ".", "b.zip")

    assert result.returncode == 3
    assert result.stdout.decode() == f"{sha256('a.zip')}  a.zip\n{sha256('b.zip')}  b.zip\n"
    assert result.stderr.decode().splitlines() == [
        "ota-dev: missing.zip does not exist: check its name",
        "ota-dev: . is a folder: name the files in it",
    ]


def test_standard_input_stands_where_it_is_named(shelf: Shelf) -> None:
    shelf.put("a.zip")

    result = shelf.hash("a.zip", "-", "./a.zip", stdin=b"typed")

    assert result.stdout.decode().splitlines() == [
        f"{sha256('a.zip')}  a.zip",
        f"{sha256('typed')}  -",
        f"{sha256('a.zip')}  ./a.zip",
    ]


def test_json_holds_sizes_digests_and_errors(shelf: Shelf) -> None:
    shelf.put("a.zip")

    result = shelf.hash("--format", "json", "--base64", "-a", "md5", "-a", "sha256", "a.zip", "missing.zip")

    assert result.returncode == 3
    assert json.loads(result.stdout) == [
        {
            "file": "a.zip",
            "size": 5,
            "digests": {
                "md5": "vr7uNyiOaZ948uTSesTO7Q==",
                "sha256": "1CzzWv4Lz8Jnctkv4Tvzza+bjPjw347r9WnmqIU25y8=",
            },
        },
        {"file": "missing.zip", "error": "missing.zip does not exist: check its name"},
    ]


@pytest.mark.parametrize(
    ("lines", "code", "verdicts"),
    [
        ([f"{sha256('a.zip').upper()} *a.zip\r", f"SHA256 (b.zip) = {sha256('b.zip')}"], 0, ["a.zip: OK", "b.zip: OK"]),
        ([f"{sha256('a.zip')}  a.zip", f"{sha256('x')}  b.zip"], 1, ["a.zip: OK", "b.zip: FAILED"]),
        (
            [f"{sha256('x')}  missing.zip", f"{sha256('a.zip')}  a.zip"],
            3,
            ["missing.zip: FAILED open or read", "a.zip: OK"],
        ),
        (
            [f"{sha256('x')}  missing.zip", f"{sha256('x')}  a.zip"],
            1,
            ["missing.zip: FAILED open or read", "a.zip: FAILED"],
        ),
        ([f"{sha256('a.zip')}  a.zip", "cut short"], 1, ["a.zip: OK"]),
        (["nothing", "of use"], 3, []),
    ],
    ids=["all equal", "one differs", "one is missing", "one differs, one is missing", "a bad line", "no checksums"],
)
def test_checking_ends_with(shelf: Shelf, lines: list[str], code: int, verdicts: list[str]) -> None:
    shelf.put("a.zip", "b.zip")
    Path(shelf.folder, "SHA256SUMS").write_text("\n".join([*lines, ""]), newline="")

    result = shelf.hash("--check", "SHA256SUMS")

    assert (result.returncode, result.stdout.decode().splitlines()) == (code, verdicts)
    assert bool(result.stderr) == ("b.zip: OK" not in verdicts and "b.zip: FAILED" not in verdicts)


def test_a_checksum_file_that_powershell_wrote_is_checked(shelf: Shelf) -> None:
    shelf.put("a.zip")
    Path(shelf.folder, "SHA256SUMS").write_text(f"{sha256('a.zip')}  a.zip\r\n", encoding="utf-16", newline="")

    result = shelf.hash("--check", "SHA256SUMS")

    assert (result.returncode, result.stdout) == (0, b"a.zip: OK\n")


@pytest.mark.parametrize(
    "arguments",
    [[], ["--check", "SUMS", "a.zip"], ["--check", "SUMS", "--base64"], ["--check", "SUMS", "-a", "md5", "-a", "sha1"]],
    ids=" ".join,
)
def test_arguments_that_make_no_sense_together_are_refused(shelf: Shelf, arguments: list[str]) -> None:
    result = shelf.hash(*arguments)

    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1


def test_a_name_that_is_not_utf_8_goes_out_as_it_came_in(shelf: Shelf) -> None:
    line = sha256("x").encode() + b"  caf\xe9.zip\n"

    result = shelf.hash("--check", "-", stdin=line)

    answer = {"posix": b"caf\xe9.zip: FAILED open or read\n", "nt": b""}  # Windows has no such names
    assert (result.returncode, result.stdout) == (3, answer[os.name])
    assert result.stderr.count(b"\n") == 1


def test_it_imports_only_what_it_uses(shelf: Shelf) -> None:
    shelf.put("a.zip")
    probe = (
        "import sys; from ota_dev.cli.app import run\n"
        "try: run(['hash', 'a.zip'])\n"
        "finally: print(sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    unused = [
        "aiohttp",
        "asyncio",
        "concurrent",
        "jinja2",
        "json",
        "logging",
        "platformdirs",
        "rich",
        "sqlite3",
        "yaml",
    ]

    result = shelf.run(sys.executable, "-c", probe)

    assert result.returncode == 0
    assert [module for module in unused if f"'{module}'" in result.stderr.decode()] == []
