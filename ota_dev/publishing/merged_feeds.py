"""What was just generated, merged into the feed that exists already. Reads that feed's file anew each time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ota_dev.errors import FeedError
from ota_dev.feeds.appcast.editing import EditedFeed
from ota_dev.feeds.appcast.merging import merge
from ota_dev.feeds.appcast.reading import MAX_SIZE

__all__ = ["Merging", "read_feed", "signed_again"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Merging:
    """Merges each generated feed into the one in *existing*, and keeps *maximum_versions* of each branch.

    Without an existing feed the generated one is merged with itself, which leaves out only what is too old.
    """

    existing: Path | None
    maximum_versions: int | None  # `None` and 0 keep all
    begins_anew: bool  # where the file is not there yet
    note: Callable[[str], None]  # is told what a person should know, a sentence each time
    sign: Callable[[bytes], bytes] | None  # signs a feed as a whole; an existing one that was signed stays so

    def __call__(self, generated: bytes) -> bytes:
        """Merge a *generated* feed.

        Raises:
            FeedError: one of the feeds cannot be read.
        """
        content, name = self._existing() or (generated, "the generated feed")
        merged = merge(content, generated, maximum_versions=self.maximum_versions, name=name)
        for notice in merged.notices:
            self.note(notice)
        return signed_again(merged, name, self.sign, self.note)

    def _existing(self) -> tuple[bytes, str] | None:
        if self.existing is None or (self.begins_anew and not self.existing.exists()):
            return None
        return read_feed(self.existing), str(self.existing)


def read_feed(path: Path) -> bytes:
    """Read the file of a feed.

    Raises:
        FeedError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_SIZE + 1)  # enough for whoever parses it to see that it is too large
    except OSError as error:
        raise FeedError(f"{path}: the feed cannot be read ({error.strerror or error}): check its name") from error


def signed_again(
    edited: EditedFeed, name: str, sign: Callable[[bytes], bytes] | None, note: Callable[[str], None]
) -> bytes:
    """Give an edited feed; one that lost its signature is signed anew, or that it is unsigned now is noted."""
    if edited.lost_signature and sign:
        return sign(edited.feed)
    if edited.lost_signature:
        note(f"{name}: its signature (sparkle-signatures) is left out, as the feed changed: sign it again, with --key")
    return edited.feed
