"""Rules about deltas, which only Sparkle knows, and which others may mistake for the whole file. Pure."""

from collections.abc import Iterator

from ota_dev.feeds.appcast.reading import Enclosure
from ota_dev.lint.examples import Example, sample, windows_sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.simulated_client.rules import quoted

__all__ = ["DELTA_RULES"]


def _deltas(feed: LintedFeed) -> Iterator[Enclosure]:
    return (delta for item in feed.items for delta in item.deltas)


def _top_level(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for file in item.enclosures:
            if file.delta_from:
                yield at(file.element, f"{quoted(file.file_name)} is a delta from {quoted(file.delta_from)}")


def _relative(feed: LintedFeed) -> Iterator[Occurrence]:
    for delta in _deltas(feed):
        if delta.url and "://" not in delta.url:
            yield at(delta.element.attribute("url"), f"{quoted(delta.url)} is relative")


def _without_start(feed: LintedFeed) -> Iterator[Occurrence]:
    for delta in _deltas(feed):
        if not delta.delta_from:
            yield at(delta.element, "it does not say which version it starts from")


def _unmarked(feed: LintedFeed) -> Iterator[Occurrence]:
    if len(feed.platforms) < 2:
        return
    for delta in _deltas(feed):
        if not delta.os:
            yield at(delta.element, f"{quoted(delta.file_name)} has no mark, and the feed has files for other systems")


_SPARKLE, _WINSPARKLE = EVERY_CLIENT[:2]
_WHOLE = "https://acme.example/Acme130-120.delta"
_UNMARKED = 'sparkle:deltaFrom="120"'


def _with_delta(url: str = _WHOLE, attributes: str = 'sparkle:deltaFrom="120" sparkle:os="macos"') -> str:
    delta = f'<enclosure url="{url}" length="70" {attributes}/>'
    return sample(after=f"<sparkle:deltas>\n    {delta}\n  </sparkle:deltas>")


DELTA_RULES = (
    AppcastRule(
        code="delta-outside-deltas",
        severity=Severity.ERROR,
        title="A delta stands where the whole file belongs",
        clients=EVERY_CLIENT,
        consequence="Sparkle ignores the item; the others offer the delta, which cannot be installed",
        correction="Put it into sparkle:deltas, behind the enclosure of the whole file",
        example=Example(sample(url=_WHOLE, attributes='sparkle:deltaFrom="120"'), _with_delta()),
        check=_top_level,
    ),
    AppcastRule(
        code="delta-url-relative",
        severity=Severity.WARNING,
        title="The url of a delta is relative",
        clients=(_SPARKLE,),
        consequence="Sparkle up to 2.6.4 passes over the delta, and downloads the whole file",
        correction="Write the whole address, beginning with https://",
        example=Example(_with_delta(url="Acme130-120.delta"), _with_delta()),
        check=_relative,
    ),
    AppcastRule(
        code="delta-without-start",
        severity=Severity.WARNING,
        title="A delta does not say which version it starts from",
        clients=(_SPARKLE,),
        consequence="Sparkle never uses it",
        correction="Add sparkle:deltaFrom, the CFBundleVersion that it starts from",
        example=Example(_with_delta(attributes='sparkle:os="macos"'), _with_delta()),
        check=_without_start,
    ),
    AppcastRule(
        code="delta-without-os",
        severity=Severity.WARNING,
        title="A delta has no sparkle:os in a feed for several systems",
        clients=(_WINSPARKLE,),
        consequence="WinSparkle takes it for one more file of the item, without a mark: it offers the delta on Windows",
        correction='Write sparkle:os="macos" on every delta',
        example=Example(
            f"{windows_sample()}\n{_with_delta(attributes=_UNMARKED)}",
            f"{windows_sample()}\n{_with_delta()}",
        ),
        check=_unmarked,
    ),
)
