"""A generated feed merged into the one in a file, and what becomes of that one's signature."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.errors import FeedError
from ota_dev.publishing.merged_feeds import Merging
from ota_dev.signing import PrivateKey, sign_feed, verify_feed

KEY = PrivateKey.generate()
SPARKLE = "http://www.andymatuschak.org/xml-namespaces/sparkle"


def feed(*builds: str) -> bytes:
    """Make a feed with an item for each build."""
    items = "".join(f"<item><enclosure url='{build}.dmg' sparkle:version='{build}'/></item>" for build in builds)
    return f"<rss xmlns:sparkle='{SPARKLE}'><channel>{items}</channel></rss>\n".encode()


@pytest.fixture
def existing(tmp_path: Path) -> Path:
    """Write a feed that offers build 1."""
    path = tmp_path / "appcast.xml"
    path.write_bytes(feed("1"))
    return path


@pytest.fixture
def notes() -> list[str]:
    """Hold what a merge noted."""
    return []


@pytest.fixture
def merging(existing: Path, notes: list[str]) -> Callable[..., Merging]:
    """Make a merge into the existing feed: `merging(maximum_versions=1)`."""

    def make(
        *,
        path: Path | None = existing,
        maximum_versions: int | None = None,
        begins_anew: bool = False,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> Merging:
        return Merging(
            existing=path, maximum_versions=maximum_versions, begins_anew=begins_anew, note=notes.append, sign=sign
        )

    return make


def sign(content: bytes) -> bytes:
    return sign_feed(content, KEY)


def test_what_is_new_comes_into_the_feed_that_exists(merging: Callable[..., Merging], notes: list[str]) -> None:
    assert merging()(feed("2")) == feed("2", "1")
    assert notes == []


def test_the_file_is_read_anew_each_time(merging: Callable[..., Merging], existing: Path) -> None:
    merge = merging()
    merge(feed("2"))

    existing.write_bytes(feed("0"))

    assert merge(feed("2")) == feed("2", "0")


def test_without_a_feed_the_limit_holds_for_the_generated_one(
    merging: Callable[..., Merging], notes: list[str]
) -> None:
    assert merging(path=None, maximum_versions=2)(feed("3", "2", "1")) == feed("3", "2")
    assert notes == ["not among the newest 2 of their branch, and left out: 1 for macos"]


def test_a_feed_that_is_not_there_is_an_error_unless_it_is_just_to_be_made(
    merging: Callable[..., Merging], tmp_path: Path
) -> None:
    missing = tmp_path / "missing.xml"

    assert merging(path=missing, begins_anew=True)(feed("2")) == feed("2")
    with pytest.raises(FeedError, match=r"missing\.xml: the feed cannot be read \(.*\): check its name"):
        merging(path=missing)(feed("2"))


def test_what_is_no_feed_is_an_error_that_names_the_file(merging: Callable[..., Merging], existing: Path) -> None:
    existing.write_bytes(b"<rss>")

    with pytest.raises(FeedError, match=r"appcast\.xml, line 1, column 6: the feed ends before"):
        merging()(feed("2"))


@pytest.mark.parametrize("generated", [feed("2"), feed()], ids=["changed", "unchanged"])
def test_a_signed_feed_stays_signed_while_there_is_a_key(
    merging: Callable[..., Merging], existing: Path, notes: list[str], generated: bytes
) -> None:
    existing.write_bytes(sign(feed("1")))

    merged = merging(sign=sign)(generated)

    assert merged.count(b"sparkle-signatures") == 1
    assert verify_feed(merged, KEY.public_key).is_good
    assert notes == []


def test_a_signed_feed_that_changes_without_a_key_is_unsigned_and_that_is_noted(
    merging: Callable[..., Merging], existing: Path, notes: list[str]
) -> None:
    existing.write_bytes(sign(feed("1")))

    merged = merging()(feed("2"))

    assert merged == feed("2", "1")
    assert notes == [
        f"{existing}: its signature (sparkle-signatures) is left out, as the feed changed: sign it again, with --key"
    ]


def test_a_key_alone_signs_no_feed_that_was_not_signed(merging: Callable[..., Merging]) -> None:
    assert b"sparkle-signatures" not in merging(sign=sign)(feed("2"))
