"""Rules about files that only hand-written clients refuse. Pure.

Source: the Python client of a PyInstaller app; its limit of size was read there, the rest was observed.
"""

from collections.abc import Iterator

from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import Enclosure
from ota_dev.lint.examples import Example, sample, windows_sample
from ota_dev.lint.findings import AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed, platform_of
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.generic.deciding import SUFFIXES
from ota_dev.simulated_client.rules import quoted

__all__ = ["HAND_WRITTEN_RULES"]

_LARGEST = 1024**3  # bytes


def _files(feed: LintedFeed) -> Iterator[Enclosure]:
    return (file for item in feed.items for file in item.enclosures if not file.delta_from)


def _refused_kind(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        # On Linux the client asks a JSON API, and reads no feed.
        is_read = file.file_name and platform_of(file) is not Platform.LINUX
        if is_read and not file.file_name.lower().endswith(SUFFIXES):
            yield at(file.element.attribute("url"), f"{quoted(file.file_name)} ends in none of {' '.join(SUFFIXES)}")


def _too_large(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        if file.length and file.length > _LARGEST:
            yield at(file.element.attribute("length"), f"{quoted(file.file_name)} has {file.length} bytes")


def _unusable_alternate(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        alternate = file.element.attribute("alternateUrl")
        if alternate and not alternate.value.startswith(("https://", "http://")):
            yield at(alternate, f"{quoted(alternate.value)} is no whole address")


_KIND = "https://acme.example/Acme-1.3.0.{}".format
_MIRROR = "https://mirror.example/Acme-1.3.0.dmg"

HAND_WRITTEN_RULES = (
    AppcastRule(
        code="file-kind-refused",
        severity=Severity.NOTE,
        title="A file is of a kind that hand-written clients refuse",
        clients=(ClientName.GENERIC,),
        consequence="They download the file, and refuse it by the end of its name",
        correction="Offer a zip, a tarball, a disk image, an exe, an msi or a pkg, if such a client reads this feed",
        example=Example(windows_sample(url=_KIND("msix")), windows_sample(url=_KIND("msi"))),
        check=_refused_kind,
    ),
    AppcastRule(
        code="file-too-large",
        severity=Severity.NOTE,
        title="A file is larger than 1 GiB",
        clients=(ClientName.GENERIC,),
        consequence="Hand-written clients refuse it after the download",
        correction="Make the installer smaller, if such a client reads this feed",
        example=Example(sample(length="1073741825"), sample(length="1073741824")),
        check=_too_large,
    ),
    AppcastRule(
        code="alternate-url-unusable",
        severity=Severity.WARNING,
        title="An alternateUrl is no whole address",
        clients=(ClientName.GENERIC,),
        consequence="Hand-written clients cannot download from it when the first address fails",
        correction="Write the whole address, beginning with https://",
        example=Example(
            sample(attributes='alternateUrl="/mirror/Acme-1.3.0.dmg"'), sample(attributes=f'alternateUrl="{_MIRROR}"')
        ),
        check=_unusable_alternate,
    ),
)
