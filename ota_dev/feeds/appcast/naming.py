"""The names of an appcast and of its narrowed forms: `appcast[-{os}[-{arch}]][.{language}].xml`. Pure."""

from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.interface import FeedName
from ota_dev.feeds.narrowed_names import NarrowedNames

__all__ = ["NAMES", "appcast_path"]

NAMES = NarrowedNames(stem="appcast", suffix=".xml")


def appcast_path(
    *, app: str | None = None, channel: str | None = None, system: str | None = None, architecture: str | None = None
) -> str:
    """Give the path of the appcast that is narrowed to this, without a slash before it; not percent-encoded."""
    return FeedAddress("appcast", NAMES.name(system, architecture), FeedName(), app, channel).path
