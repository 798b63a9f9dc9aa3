"""`ota-dev generate-appcast --merge`: what is in the folder comes into the feed that exists already."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.feeds.appcast.reading import read_appcast
from ota_dev.signing import KeyFormat, PrivateKey, verify_bytes, verify_feed, write_private_key

LIMIT = 10  # seconds; far more than anything here takes
COMMAND = [sys.executable, "-m", "ota_dev", "generate-appcast", "--base-url", "https://cdn.example"]
KEY = PrivateKey.generate()
MakeZip = Callable[..., bytes]
Generate = Callable[..., subprocess.CompletedProcess[bytes]]

EXISTING = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle">
  <channel>
    <title>Acme Notes, by hand</title>
    <!-- Do not touch. -->
    <item>
      <title>The one with folders</title>
      <sparkle:phasedRolloutInterval>86400</sparkle:phasedRolloutInterval>
      <enclosure url="https://old.example/Acme-Notes-1.3.0.zip" sparkle:version="1.3.0" sparkle:os="macos"/>
    </item>
    <item>
      <description><![CDATA[<b>Gone from the folder</b>]]></description>
      <enclosure url="https://old.example/Acme-Notes-1.0.0.zip" sparkle:version="1.0.0" sparkle:os="macos"/>
    </item>
  </channel>
</rss>
"""


@pytest.fixture
def generate(tmp_path: Path, dist: Path, mac_zip: MakeZip) -> Generate:
    """Run the command beside `dist` with Acme Notes 1.4.0 and 1.3.0 in it, `acme.key` and `appcast.xml`."""
    for version in ("1.4.0", "1.3.0"):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
    write_private_key(tmp_path / "acme.key", KEY, KeyFormat.SPARKLE, replace=False)
    (tmp_path / "appcast.xml").write_text(EXISTING, newline="\n")

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*COMMAND, *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=30)

    return run


def urls(feed: bytes) -> list[str]:
    return [enclosure.url for item in read_appcast(feed).items for enclosure in item.enclosures]


def test_what_people_wrote_stays_and_what_is_new_comes_in(generate: Generate, tmp_path: Path) -> None:
    result = generate("--merge", "appcast.xml")

    assert (result.returncode, result.stderr) == (0, b"")
    assert urls(result.stdout) == [
        "https://cdn.example/Acme-Notes-1.4.0.zip",
        "https://cdn.example/Acme-Notes-1.3.0.zip",
        "https://old.example/Acme-Notes-1.0.0.zip",
    ]
    for kept in ("Acme Notes, by hand", "Do not touch.", "The one with folders", "86400", "<![CDATA[<b>Gone from"):
        assert kept in result.stdout.decode()
    assert (tmp_path / "appcast.xml").read_text() == EXISTING


def test_the_existing_feed_may_be_the_output_and_merging_again_changes_nothing(
    generate: Generate, tmp_path: Path
) -> None:
    to_stdout = generate("--merge", "appcast.xml").stdout

    first = generate("--merge", "appcast.xml", "-o", "appcast.xml")
    second = generate("--merge", "appcast.xml", "-o", "appcast.xml")

    assert (tmp_path / "appcast.xml").read_bytes() == to_stdout
    assert first.stderr == b"appcast.xml now offers 1.4.0\n"
    assert second.stderr == b"appcast.xml is up to date: it offers 1.4.0\n"


def test_the_first_run_needs_no_feed_in_the_output(generate: Generate, tmp_path: Path) -> None:
    (tmp_path / "appcast.xml").unlink()

    result = generate("--merge", "appcast.xml", "-o", str(tmp_path / "appcast.xml"))

    assert result.returncode == 0
    assert (tmp_path / "appcast.xml").read_bytes() == generate().stdout


def test_so_many_versions_of_each_branch_stay_and_the_others_are_named(generate: Generate) -> None:
    merged, alone = generate("--merge", "appcast.xml", "--maximum-versions", "2"), generate("--maximum-versions", "1")

    assert [url[-9:] for url in urls(merged.stdout)] == ["1.4.0.zip", "1.3.0.zip"]
    assert merged.stderr == b"! not among the newest 2 of their branch, and left out: 1.0.0 for macos\n"
    assert urls(alone.stdout) == ["https://cdn.example/Acme-Notes-1.4.0.zip"]


def test_the_whole_merged_feed_is_signed_and_once(generate: Generate, tmp_path: Path) -> None:
    for version in ("1.4.0", "1.3.0"):
        generate("--merge", "appcast.xml", "--key", "acme.key", "--sign-feed", "-o", "appcast.xml")
        feed = (tmp_path / "appcast.xml").read_bytes()
        (tmp_path / "dist" / f"Acme-Notes-{version}.zip").rename(tmp_path / "dist" / f"notes-{version}.zip")

        assert b"The one with folders" in feed
        assert feed.count(b"<!-- sparkle-signatures") == 1
        assert verify_feed(feed, KEY.public_key).is_good
        assert verify_bytes(feed, (tmp_path / "appcast.xml.signature").read_text(), KEY.public_key).is_good


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("<rss>", b"appcast.xml, line 1, column 6: the feed ends before its elements are closed"),
        ("<html/>", b"appcast.xml, line 1, column 1: this is no appcast"),
        ("", b"appcast.xml: the feed is empty"),
        (None, b"appcast.xml: the feed cannot be read"),
    ],
    ids=["cut short", "no appcast", "empty", "missing"],
)
def test_a_feed_that_cannot_be_merged_into_is_one_sentence_and_nothing_is_written(
    generate: Generate, tmp_path: Path, content: str | None, part: bytes
) -> None:
    if content is None:
        (tmp_path / "appcast.xml").unlink()
    else:
        (tmp_path / "appcast.xml").write_text(content)

    result = generate("--merge", "appcast.xml", "-o", "new.xml")

    assert (result.returncode, result.stdout) == (3, b"")
    assert part in result.stderr
    assert result.stderr.count(b"\n") == 1
    assert not (tmp_path / "new.xml").exists()


def test_watch_keeps_merging_into_what_is_there_by_then(
    generate: Generate,  # noqa: ARG001  # fills the folder
    tmp_path: Path,
    dist: Path,
    mac_zip: MakeZip,
    wait_until: Callable[[Callable[[], object]], None],
) -> None:
    feed, said = tmp_path / "appcast.xml", tmp_path / "said.txt"
    command = [*COMMAND, "--merge", "appcast.xml", "-o", "appcast.xml", "--watch"]
    with said.open("wb") as stderr, subprocess.Popen(command, cwd=tmp_path, stderr=stderr) as process:
        wait_until(lambda: "now offers 1.4.0" in said.read_text())

        feed.write_bytes(feed.read_bytes().replace(b"Do not touch.", b"Touched."))
        (dist / "Acme-Notes-1.5.0.zip").write_bytes(mac_zip("1.5.0"))
        wait_until(lambda: "now offers 1.5.0" in said.read_text())

        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT) == 0
    assert b"Touched." in feed.read_bytes()
    assert [url[-9:] for url in urls(feed.read_bytes())] == ["1.5.0.zip", "1.4.0.zip", "1.3.0.zip", "1.0.0.zip"]


def test_a_delta_is_listed_in_the_item_that_exists_already(generate: Generate, dist: Path) -> None:
    (dist / "Acme Notes1.3.0-1.2.0.delta").write_bytes(b"delta")

    result = generate("--merge", "appcast.xml")

    (delta,) = [delta for item in read_appcast(result.stdout).items for delta in item.deltas]
    assert (delta.url, delta.length, delta.delta_from) == (
        "https://cdn.example/Acme%20Notes1.3.0-1.2.0.delta",
        5,
        "1.2.0",
    )
    assert b"The one with folders" in result.stdout
