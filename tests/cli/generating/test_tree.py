"""`ota-dev generate-appcast --tree`: a folder that a static host can serve as it is."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.publishing.static_tree.manifest import MANIFEST
from ota_dev.signing import KeyFormat, PrivateKey, verify_bytes, write_private_key
from tests.installers.recipes.nupkg import write_package

LIMIT = 10  # seconds; far more than anything here takes
BASE = "https://updates.acme.example"
COMMAND = [sys.executable, "-m", "ota_dev", "generate-appcast", "--base-url", BASE]
KEY = PrivateKey.generate()
MakeZip = Callable[..., bytes]
WaitUntil = Callable[[Callable[[], object]], None]
Generate = Callable[..., subprocess.CompletedProcess[str]]


def count_feeds(site: Path) -> int:
    """Count the feeds of every format."""
    paths = (path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return len([path for path in paths if path.parts[0] not in ("downloads", "notes", MANIFEST)])


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """Run the command in the folder that has `dist` in it."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30
        )

    return run


@pytest.fixture
def notes(dist: Path, mac_zip: MakeZip) -> Path:
    """Put Acme Notes 1.3.0 into the folder, with notes."""
    path = dist / "Acme-Notes-1.3.0.zip"
    path.write_bytes(mac_zip("1.3.0"))
    path.with_name("Acme-Notes-1.3.0.de.md").write_text("Schneller.")
    return path


@pytest.mark.usefixtures("notes")
def test_what_came_of_it_is_one_line_on_stderr(generate: Generate, dist: Path) -> None:
    first, again = generate("--tree", "site"), generate("--tree", "site")
    feeds = count_feeds(dist.parent / "site")
    (dist / "Acme-Notes-1.3.0.de.md").unlink()
    without_notes = generate("--tree", "site", "--feeds-only")
    fewer = count_feeds(dist.parent / "site")
    quiet = generate("--tree", "site", "-q")

    results = (first, again, without_notes, quiet)
    assert [(result.returncode, result.stdout) for result in results] == [(0, "")] * 4
    assert [result.stderr for result in results] == [
        f"wrote {feeds} feeds, linked 1 installer to site\n",
        f"site is up to date: {feeds} feeds, 1 installer\n",
        f"wrote {fewer} feeds, removed {feeds - fewer + 1} stale files in site\n",
        "",
    ]


@pytest.mark.usefixtures("notes")
def test_pages_of_notes_are_in_the_tree_when_feeds_link_to_them(generate: Generate, tmp_path: Path) -> None:
    result = generate("--tree", "site", "--notes", "link")

    page = tmp_path / "site" / "notes" / "Acme-Notes-1.3.0.zip.de.html"
    feeds = count_feeds(tmp_path / "site")
    assert result.stderr == f"wrote {feeds} feeds and 1 page of notes, linked 1 installer to site\n"
    assert "Schneller." in page.read_text()
    assert f"{BASE}/notes/{page.name}" in (tmp_path / "site" / "appcast.de.xml").read_text()


@pytest.mark.usefixtures("notes")
def test_without_a_base_url_the_links_lead_to_the_local_server(tmp_path: Path) -> None:
    command = [*COMMAND[: COMMAND.index("--base-url")], "--tree", "site"]

    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=30)

    assert "! the links begin with http://127.0.0.1:8080/downloads/" in result.stderr
    feed = (tmp_path / "site" / "appcast.xml").read_text()
    assert 'url="http://127.0.0.1:8080/downloads/Acme-Notes-1.3.0.zip"' in feed


@pytest.mark.usefixtures("notes")
def test_several_apps_share_one_tree(generate: Generate, dist: Path, mac_zip: MakeZip, tmp_path: Path) -> None:
    (dist / "Acme-Draw-2.0.zip").write_bytes(mac_zip("2.0", name="Acme Draw"))

    result = generate("--tree", "site")

    assert result.returncode == 0
    assert sorted(path.name for path in (tmp_path / "site" / "apps").iterdir()) == ["acmedraw", "acmenotes"]
    assert not (tmp_path / "site" / "appcast.xml").exists()


@pytest.mark.usefixtures("notes")
def test_channels_and_languages_that_clients_ask_for_are_named(generate: Generate, tmp_path: Path) -> None:
    generate("--tree", "site", "--tree-channel", "stable", "--tree-channel", "dev", "--tree-language", "zh-CN")

    stable = (tmp_path / "site" / "channels" / "stable" / "appcast-macos-aarch64.zh-CN.xml").read_bytes()
    assert stable == (tmp_path / "site" / "channels" / "dev" / "appcast-macos-amd64.zh-CN.xml").read_bytes()
    assert b"Acme-Notes-1.3.0.zip" in stable


@pytest.mark.usefixtures("notes")
def test_with_a_key_every_feed_has_a_good_signature_beside_it(generate: Generate, tmp_path: Path) -> None:
    write_private_key(tmp_path / "acme.key", KEY, KeyFormat.SPARKLE, replace=False)

    generate("--tree", "site", "--key", "acme.key", "--sign-feed")

    feeds = list((tmp_path / "site").glob("*.xml"))
    assert len(feeds) == 14
    for feed in feeds:
        signature = feed.with_name(f"{feed.name}.signature").read_text()
        assert verify_bytes(feed.read_bytes(), signature, KEY.public_key).is_good


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--tree", "site", "-o", "appcast.xml"], 2, "-o FILE and --tree DIR are two places to write to"),
        (["--tree", "site", "--merge", "appcast.xml"], 2, "--merge is about one feed and --tree writes many"),
        (["--feeds-only"], 2, "are about a tree: name it with --tree DIR"),
        (["--tree-channel", "stable"], 2, "are about a tree: name it with --tree DIR"),
        (["--tree", "dist/site"], 2, "--tree dist/site and --dir dist lie one in the other"),
        (["--tree", "."], 2, "--tree . and --dir dist lie one in the other"),
        (["--tree", "dist"], 2, "--tree dist and --dir dist lie one in the other"),
        (["--tree", "site", "--tree-channel", "no way"], 2, "--tree-channel: 'no way' is no channel's name"),
        (["--tree", "site", "--tree-language", "../x"], 2, "--tree-language: '../x' is no language"),
        (["--tree", "site", "--tree-channel", ".."], 3, "channels/../appcast.xml cannot be laid out on every system"),
        (["--tree", "mine"], 3, "mine holds files that --tree did not write"),
        (["--tree", "site", "--app", "nothing", "--dir", "empty"], 3, "empty holds no installer to offer"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
@pytest.mark.usefixtures("notes")
def test_what_cannot_work_ends_in_one_sentence(
    generate: Generate, arguments: list[str], code: int, part: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").touch()

    result = generate(*arguments)

    assert (result.returncode, result.stdout) == (code, "")
    assert part in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.usefixtures("notes")
def test_watch_keeps_the_tree_fresh_and_says_each_change_once(
    dist: Path, tmp_path: Path, mac_zip: MakeZip, wait_until: WaitUntil
) -> None:
    said = tmp_path / "said.txt"
    command = [*COMMAND, "--tree", "site", "--watch"]
    with said.open("wb") as stderr, subprocess.Popen(command, cwd=tmp_path, stderr=stderr) as process:
        wait_until(lambda: "to site\n" in said.read_text())
        (dist / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))
        wait_until(lambda: said.read_text().count("to site\n") == 2)
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT) == 0

    feeds = count_feeds(tmp_path / "site")
    assert said.read_text().splitlines() == [f"wrote {feeds} feeds, linked 1 installer to site"] * 2
    assert b"Acme-Notes-1.4.0.zip" in (tmp_path / "site" / "appcast-macos-arm64.xml").read_bytes()


def test_packages_are_also_where_their_clients_look_for_them(generate: Generate, dist: Path, tmp_path: Path) -> None:
    package = write_package(dist / "AcmeNotes-1.3.0-full.nupkg", "1.3.0")
    delta = package.with_name("AcmeNotes-1.3.0-delta.nupkg")
    delta.write_bytes(b"delta")

    first, again = generate("--tree", "site", "--tree-channel", "beta"), generate("--tree", "site")

    site = tmp_path / "site"
    assert first.returncode == again.returncode == 0
    assert (site / package.name).read_bytes() == package.read_bytes()
    assert (site / delta.name).read_bytes() == b"delta"
    assert (site / "downloads" / package.name).exists()
    assert '"Type": "Delta"' in (site / "releases.win.json").read_text()
    assert f"{BASE}/downloads/{delta.name} 5" in (site / "RELEASES").read_text()
    assert not (site / "channels").exists()
