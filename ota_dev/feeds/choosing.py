"""Which of a format's feeds is written where one file is asked for. Pure."""

from ota_dev.catalog.releases import App
from ota_dev.errors import PublishingError
from ota_dev.feeds.interface import Feed, FeedFile

__all__ = ["choose_file"]


def choose_file(feed: Feed, app: App, name: str | None) -> FeedFile:
    """Choose the feed that is called *name*, else the only one that *feed* has for *app*.

    Raises:
        PublishingError: there are several and *name* is that of none, or there is none.
    """
    names, title = feed.file_names(app), feed.format.name
    if not names:
        problems = "; ".join(feed.problems(app)) or f"there is no installer that clients of {title} can use"
        raise PublishingError(f"no feed for {title} can be written: {problems}")
    if name not in names and len(names) > 1:
        raise PublishingError(
            f"{title} has a feed for each system and channel: name one of {', '.join(names)} with -o, or write all "
            "with --tree DIR"
        )
    chosen = name if name in names else names[0]
    return next(file for file in feed.files(app) if chosen in file.paths)
