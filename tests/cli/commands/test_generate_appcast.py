"""`ota-dev generate-appcast`: the feed and nothing else on stdout, everything else on stderr."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ota_dev.feeds.formats import feed_formats

LIMIT = 10  # seconds; far more than anything here takes
BASE = "https://updates.acme.example/notes"
COMMAND = [sys.executable, "-m", "ota_dev", "generate-appcast"]
MakeZip = Callable[..., bytes]
WaitUntil = Callable[[Callable[[], object]], None]
Generate = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """Run the command in the folder that has `dist` in it, with a base URL."""

    def run(*arguments: str, base_url: str | None = BASE) -> subprocess.CompletedProcess[bytes]:
        base = ["--base-url", base_url] if base_url else []
        return subprocess.run([*COMMAND, *base, *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=30)

    return run


@pytest.fixture
def notes(dist: Path, mac_zip: MakeZip) -> Path:
    """Put Acme Notes 1.3.0 into the folder."""
    path = dist / "Acme-Notes-1.3.0.zip"
    path.write_bytes(mac_zip("1.3.0"))
    return path


def urls(feed: bytes) -> list[str]:
    document = ElementTree.fromstring(feed)  # noqa: S314  # the feed is ours
    return [enclosure.attrib["url"] for enclosure in document.iter("enclosure")]


def test_stdout_is_the_feed_and_nothing_else(generate: Generate, notes: Path, tmp_path: Path) -> None:
    to_stdout = generate()
    generate("-o", "appcast.xml")

    assert (to_stdout.returncode, to_stdout.stderr) == (0, b"")
    assert to_stdout.stdout == (tmp_path / "appcast.xml").read_bytes()
    assert to_stdout.stdout.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    assert urls(to_stdout.stdout) == [f"{BASE}/{notes.name}"]


@pytest.mark.usefixtures("notes")
def test_the_same_folder_gives_the_same_bytes(generate: Generate) -> None:
    assert generate().stdout == generate("--no-cache").stdout


def test_a_feed_is_utf_8_whatever_the_locale(dist: Path, mac_zip: MakeZip) -> None:
    (dist / "Foehn-1.0-macos.zip").write_bytes(mac_zip("1.0", name="Föhn ☃"))
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}

    result = subprocess.run(
        [*COMMAND, "--base-url", BASE], cwd=dist.parent, env=environment, capture_output=True, check=True, timeout=30
    )

    assert "<title>Föhn ☃ 1.0</title>".encode() in result.stdout


def test_without_a_base_url_the_links_lead_to_the_local_server_and_that_is_said(
    generate: Generate, notes: Path
) -> None:
    result = generate(base_url=None)

    assert urls(result.stdout) == [f"http://127.0.0.1:8080/downloads/{notes.name}"]
    assert result.stderr.startswith(b"! the links begin with http://127.0.0.1:8080/downloads/")
    assert b"--base-url" in result.stderr


@pytest.mark.usefixtures("notes")
def test_quiet_says_only_what_may_be_wrong(generate: Generate, dist: Path) -> None:
    good = generate("-q", "-o", "appcast.xml", base_url=None)
    (dist / "cut.zip").write_bytes(b"PK\x03\x04")
    bad = generate("-q")

    assert good.stderr == b""
    assert bad.stderr.startswith(b"! cut.zip is not on offer: ")


@pytest.mark.usefixtures("notes")
def test_an_own_template_is_used(generate: Generate, tmp_path: Path) -> None:
    template = tmp_path / "mine.xml.j2"
    template.write_text("<mine>{% for item in items %}{{ item.short_version }} {{ item.sha256 }}{% endfor %}</mine>")

    result = generate("--template", "mine.xml.j2")

    digest = subprocess.run(["sha256sum", "dist/Acme-Notes-1.3.0.zip"], cwd=tmp_path, capture_output=True, check=True)
    assert result.stdout == b"<mine>1.3.0 " + digest.stdout.split()[0] + b"</mine>"


def test_an_output_file_that_would_stay_the_same_is_not_touched(
    generate: Generate, notes: Path, tmp_path: Path
) -> None:
    feed = tmp_path / "appcast.xml"

    first = generate("-o", "appcast.xml")
    inode, written = feed.stat().st_ino, feed.stat().st_mtime_ns
    second = generate("-o", "appcast.xml")
    untouched = feed.stat()
    notes.rename(notes.with_name("Acme-Notes.zip"))
    third = generate("-o", "appcast.xml")

    assert first.stdout + second.stdout + third.stdout == b""
    assert first.stderr == third.stderr == b"appcast.xml now offers 1.3.0\n"
    assert second.stderr == b"appcast.xml is up to date: it offers 1.3.0\n"
    assert (untouched.st_ino, untouched.st_mtime_ns) == (inode, written)
    assert feed.stat().st_ino != inode  # a new file took the name, so no reader saw a part
    assert sorted(path.name for path in tmp_path.iterdir()) == ["appcast.xml", "dist"]


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda _: None, b"build your app first"),
        (shutil.rmtree, b"cannot be listed (No such file or directory)"),
        (lambda dist: (dist / "data.zip").write_bytes(b"PK\x03\x04"), b"every installer was skipped"),
    ],
    ids=["empty", "missing", "nothing usable"],
)
def test_a_folder_without_installers_is_an_error_and_no_output(
    generate: Generate, dist: Path, tmp_path: Path, make: Callable[[Path], object], part: bytes
) -> None:
    make(dist)
    (tmp_path / "appcast.xml").write_bytes(b"the last good feed")

    results = [generate(base_url=None), generate("-o", "appcast.xml", base_url=None)]

    for result in results:
        assert (result.returncode, result.stdout) == (3, b"")
        assert result.stderr.startswith(b"ota-dev: dist ")
        assert part in result.stderr
    assert (tmp_path / "appcast.xml").read_bytes() == b"the last good feed"


@pytest.mark.usefixtures("notes")
def test_of_several_apps_one_is_chosen(generate: Generate, dist: Path, mac_zip: MakeZip) -> None:
    (dist / "Acme-Draw-2.0.zip").write_bytes(mac_zip("2.0", name="Acme Draw"))

    undecided, chosen = generate(), generate("--app", "acme draw", "--strict")

    assert (undecided.returncode, undecided.stdout) == (3, b"")
    assert undecided.stderr == (
        b"ota-dev: dist holds several apps (Acme Draw, Acme Notes), and a feed is about one: choose it with --app\n"
    )
    assert urls(chosen.stdout) == [f"{BASE}/Acme-Draw-2.0.zip"]


@pytest.mark.usefixtures("notes")
def test_strict_makes_a_skipped_installer_a_finding(generate: Generate, dist: Path) -> None:
    clean = generate("--strict")
    (dist / "cut.zip").write_bytes(b"PK\x03\x04")

    lenient, strict = generate(), generate("--strict")

    assert (clean.returncode, lenient.returncode, strict.returncode) == (0, 0, 1)
    assert lenient.stdout == strict.stdout == clean.stdout
    assert b"! cut.zip is not on offer: it is cut short" in strict.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--watch"], 2, b"name it with -o FILE"),
        (["--base-url", "updates.acme.example"], 2, b"it must begin with http:// or https://"),
        (["--template", "missing.j2"], 2, b"missing.j2: the template cannot be read"),
        (["--version-from", "missing"], 2, b"missing cannot be read"),
        (["-o", "missing/appcast.xml"], 3, b"missing/appcast.xml cannot be written (No such file or directory)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
@pytest.mark.usefixtures("notes")
def test_what_cannot_work_ends_in_one_sentence(
    generate: Generate, arguments: list[str], code: int, part: bytes
) -> None:
    result = generate(*arguments)

    assert (result.returncode, result.stdout) == (code, b"")
    assert part in result.stderr
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_whoever_has_seen_enough_of_the_feed_ends_it_without_a_word(
    dist: Path, unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    for number in range(500):
        (dist / f"Acme-Notes-1.{number}.exe").write_bytes(b"an installer")
    command = [*COMMAND, "--base-url", BASE]

    with subprocess.Popen(command, cwd=dist.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)  # as `head` does
        process.stdout.close()
        said = process.stderr.read()

    assert said == b""
    assert process.returncode == 3


@pytest.fixture
def watching(notes: Path, tmp_path: Path, wait_until: WaitUntil) -> Iterator[Callable[[], str]]:
    """Run `--watch` on a folder with version 1.3.0; give a function that says what it has said."""
    said = tmp_path / "said.txt"
    command = [*COMMAND, "--base-url", BASE, "-o", "dist/appcast.xml", "--watch"]
    with said.open("wb") as stderr, subprocess.Popen(command, cwd=tmp_path, stderr=stderr) as process:
        wait_until(lambda: "now offers 1.3.0" in said.read_text())
        yield said.read_text
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT) == 0
    assert "Traceback" not in said.read_text()
    assert notes.parent == tmp_path / "dist"


def test_watch_keeps_the_file_fresh_and_says_each_change_once(
    watching: Callable[[], str], dist: Path, mac_zip: MakeZip, wait_until: WaitUntil
) -> None:
    for version in ("1.4.0", "1.5.0"):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
        wait_until(lambda: f"now offers {version}" in watching())  # noqa: B023  # called at once

    assert len(urls((dist / "appcast.xml").read_bytes())) == 3
    assert watching().splitlines() == [
        "dist/appcast.xml now offers 1.3.0",
        "dist/appcast.xml now offers 1.4.0",
        "dist/appcast.xml now offers 1.5.0",
    ]


def test_watch_keeps_the_last_good_file_when_everything_goes(
    watching: Callable[[], str], dist: Path, notes: Path, mac_zip: MakeZip, wait_until: WaitUntil
) -> None:
    good = (dist / "appcast.xml").read_bytes()

    notes.unlink()
    wait_until(lambda: "dist/appcast.xml stays as it was" in watching())
    kept = (dist / "appcast.xml").read_bytes()
    (dist / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))
    wait_until(lambda: "now offers 1.4.0" in watching())

    assert kept == good
    assert urls((dist / "appcast.xml").read_bytes()) == [f"{BASE}/Acme-Notes-1.4.0.zip"]


if sys.platform == "linux":  # which has a disk that is always full

    @pytest.mark.usefixtures("notes")
    def test_a_full_disk_behind_stdout_is_one_sentence(dist: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            result = subprocess.run(
                [*COMMAND, "--base-url", BASE],
                cwd=dist.parent,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                timeout=30,
            )

        assert result.returncode == 3
        assert result.stderr == (
            b"ota-dev: standard output cannot be written (No space left on device): check where it leads\n"
        )


def test_linked_notes_are_written_beside_the_feed_and_linked_below_the_base_url(
    generate: Generate, notes: Path, tmp_path: Path
) -> None:
    notes.with_suffix(".md").write_text("Faster", "utf-8")
    notes.with_suffix(".de.txt").write_text("Schneller", "utf-8")

    result = generate("--notes", "link", "-o", "appcast.xml")

    feed = (tmp_path / "appcast.xml").read_text("utf-8")
    assert f">{BASE}/notes/{notes.name}.html</sparkle:releaseNotesLink>" in feed
    assert f' xml:lang="de">{BASE}/notes/{notes.name}.de.txt</sparkle:releaseNotesLink>' in feed
    assert "<p>Faster</p>" in (tmp_path / "notes" / f"{notes.name}.html").read_text("utf-8")
    assert (tmp_path / "notes" / f"{notes.name}.de.txt").read_bytes() == b"Schneller"
    assert f"! the feed links to notes below {BASE}/notes/: publish the folder notes there\n".encode() in result.stderr


def test_on_stdout_it_is_said_how_linked_notes_are_written(generate: Generate, notes: Path, tmp_path: Path) -> None:
    notes.with_suffix(".txt").write_text("Faster", "utf-8")

    result = generate("--notes", "link", base_url=None)

    assert f">http://127.0.0.1:8080/notes/{notes.name}.txt<".encode() in result.stdout
    assert b"-o FILE writes their pages" in result.stderr
    assert not (tmp_path / "notes").exists()


def test_a_page_of_notes_that_cannot_be_written_leaves_the_feed_as_it_was(
    generate: Generate, notes: Path, tmp_path: Path
) -> None:
    notes.with_suffix(".txt").write_text("Faster", "utf-8")
    (tmp_path / "notes").write_text("no folder", "utf-8")

    result = generate("--notes", "link", "-o", "appcast.xml")

    assert result.returncode == 3
    assert b"notes cannot hold notes" in result.stderr
    assert not (tmp_path / "appcast.xml").exists()


def test_another_format_is_the_feed_of_the_one_system_there_is(generate: Generate, notes: Path) -> None:
    result = generate("--format", "electron-updater")

    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(f"version: 1.3.0\nfiles:\n- url: {BASE}/{notes.name}\n".encode())


@pytest.mark.usefixtures("notes")
def test_of_several_feeds_of_a_format_the_output_names_the_one(
    generate: Generate, dist: Path, mac_zip: MakeZip, tmp_path: Path
) -> None:
    beta = dist / "Acme-Notes-2.0.0.zip"
    beta.write_bytes(mac_zip("2.0.0"))
    beta.with_name(f"{beta.name}.yaml").write_text("channel: beta\n")
    command = ("--format", "electron-updater")

    unnamed, named = generate(*command), generate(*command, "-o", "beta-mac.yml")

    assert unnamed.returncode == 3
    assert b"name one of latest-mac.yml, beta-mac.yml with -o, or write all with --tree DIR" in unnamed.stderr
    assert named.returncode == 0
    assert (tmp_path / "beta-mac.yml").read_bytes().startswith(b"version: 2.0.0\n")


def test_what_keeps_a_format_from_an_installer_is_said(generate: Generate, dist: Path, mac_zip: MakeZip) -> None:
    (dist / "Acme-Notes-1.3.0.4.zip").write_bytes(mac_zip("1.3.0.4"))

    result = generate("--format", "electron-updater")

    assert result.returncode == 3
    assert b"1.3.0.4 is no semantic version" in result.stderr


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--format", "electron"), b"did you mean electron-updater?"),
        (("--format", "electron-updater", "--lint"), b"--lint is about the appcast"),
        (("--format", "electron-updater", "--tree", "site"), b"--tree writes every feed"),
    ],
)
def test_a_format_that_does_not_go_with_the_rest_is_refused(
    generate: Generate, arguments: tuple[str, ...], word: bytes
) -> None:
    result = generate(*arguments)

    assert result.returncode == 2
    assert word in result.stderr


def test_the_help_names_every_format() -> None:
    shown = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True, timeout=30).stdout

    words = " ".join(shown.replace("│", " ").split())
    assert all(name in words for name in feed_formats())
