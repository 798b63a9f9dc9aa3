"""How the client reads an appcast: the attributes of the first enclosure of each item, and the description. Pure."""

from collections.abc import Iterator
from xml.etree import ElementTree

from tests.clients.hand_written.updates import ClientError, Update, numbers_of

__all__ = ["ARCHITECTURES", "SYSTEMS", "newest_in"]

SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
SYSTEMS = {"darwin": "macos", "windows": "windows", "linux": "linux"}  # in an appcast, by what the client calls them
ARCHITECTURES = {
    **dict.fromkeys(("aarch64", "arm64", "arm64e"), "aarch64"),
    **dict.fromkeys(("amd64", "x64", "x86_64"), "amd64"),
}


def newest_in(feed: str, version: str, system: str, machine: str) -> Update | None:
    """Give the newest update for *system* and *machine*, `None` when none is newer than *version*."""
    try:
        document = ElementTree.fromstring(feed)  # noqa: S314  # the feed is ours
    except ElementTree.ParseError as error:
        raise ClientError(f"the feed is no XML: {error}") from error
    # Any document without items, such as an error of S3, is a feed without updates.
    items = document.findall("channel/item") if document.tag == "rss" else []
    newer = [update for update in _updates(items, system, machine) if numbers_of(update.version) > numbers_of(version)]
    return max(newer, key=lambda update: numbers_of(update.version), default=None)


def _updates(items: list[ElementTree.Element], system: str, machine: str) -> Iterator[Update]:
    for item in items:
        enclosure = item.find("enclosure")
        if enclosure is None or not _fits(enclosure, system, machine):
            continue
        version, url = enclosure.get(f"{SPARKLE}version"), enclosure.get("url")
        if not version or not url:
            continue
        yield Update(
            version=version,
            url=url,
            size=int(enclosure.get("length") or 0),
            signature=enclosure.get(f"{SPARKLE}edSignature"),
            alternate_url=enclosure.get(f"{SPARKLE}alternateUrl"),
            description=item.findtext("description", ""),
        )


def _fits(enclosure: ElementTree.Element, system: str, machine: str) -> bool:
    marked, architecture = enclosure.get(f"{SPARKLE}os"), enclosure.get(f"{SPARKLE}arch")
    return marked in (None, SYSTEMS[system]) and (
        architecture is None or ARCHITECTURES.get(architecture) == ARCHITECTURES.get(machine.lower())
    )
