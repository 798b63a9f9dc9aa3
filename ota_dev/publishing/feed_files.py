"""A feed as a file: which app it is about, and writing it so that no reader ever sees half of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ota_dev.catalog.notes import Note
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.releases import App
from ota_dev.catalog.safe_text import escape_control
from ota_dev.errors import PublishingError
from ota_dev.operating_system import replace_atomically
from ota_dev.publishing.publication import Publication
from ota_dev.scan.interface import Skipped

__all__ = ["apps_on_offer", "only_app", "write_feed", "write_notes"]

MOST_NAMED = 10  # skipped installers in one message


def apps_on_offer(publication: Publication, folder: Path) -> tuple[App, ...]:
    """Give the apps that feeds of *publication* are about.

    Raises:
        PublishingError: there is nothing on offer.
    """
    apps = publication.catalog.apps
    if not apps:
        raise PublishingError(f"{folder} holds no installer to offer: {_reason(publication.skipped)}")
    return apps


def only_app(publication: Publication, folder: Path) -> App:
    """Give the one app that a feed of *publication* is about.

    Raises:
        PublishingError: there is nothing on offer, or there are several apps.
    """
    apps = apps_on_offer(publication, folder)
    if len(apps) > 1:
        names = ", ".join(escape_control(app.name) for app in apps)
        raise PublishingError(f"{folder} holds several apps ({names}), and a feed is about one: choose it with --app")
    return apps[0]


def write_feed(path: Path, feed: bytes) -> bool:
    """Write *feed* to *path* atomically, unless these very bytes are there; say whether it was written.

    Raises:
        PublishingError: the file cannot be written; what was there before is untouched.
    """
    try:
        if path.is_file() and path.stat().st_size == len(feed) and path.read_bytes() == feed:
            return False
        replace_atomically(path, feed)
    except OSError as error:
        raise PublishingError(f"{path} cannot be written ({error.strerror or error}): check the folder") from error
    return True


def write_notes(folder: Path, pages: Mapping[str, Note]) -> None:
    """Write each page of notes that is not there yet into *folder*, atomically, by its name.

    Raises:
        PublishingError: a page cannot be written.
    """
    for name, note in pages.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PublishingError(
                f"{path.parent} cannot hold notes ({error.strerror or error}): check the folder"
            ) from error
        write_feed(path, page_of(note).content)


def _reason(skipped: Sequence[Skipped]) -> str:
    if not skipped:
        return "build your app first, or use --dir FOLDER"
    named = [f"{escape_control(entry.name)}: {escape_control(entry.reason)}" for entry in skipped[:MOST_NAMED]]
    more = [f"and {len(skipped) - MOST_NAMED} more"] if len(skipped) > MOST_NAMED else []
    return "\n  ".join(["every installer was skipped:", *named, *more])
