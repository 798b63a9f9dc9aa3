"""Rules about the document as a whole: what must be right before an item counts. Pure."""

from collections.abc import Iterator

from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE
from ota_dev.lint.examples import Example, sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.sparkle.nodes import written_name

__all__ = ["DOCUMENT_RULES", "EMPTY", "MALFORMED", "WRONG_NAMESPACE"]

_START = f'<rss version="2.0" xmlns:sparkle="{SPARKLE_NAMESPACE}">'
_GOOD = f"{_START}\n<channel>\n{sample()}\n</channel>\n</rss>"
_FALSE_NAMESPACE = SPARKLE_NAMESPACE.replace("http:", "https:")
_OWN_NAME = "andymatuschak"
_WITH_CHILDREN = ("informationalUpdate", "tags")
_INFORMATIONAL = _GOOD.replace(
    "  <enclosure",
    "  <link>https://acme.example/</link>\n"
    "  <sparkle:informationalUpdate><sparkle:version>1.2.0</sparkle:version></sparkle:informationalUpdate>\n"
    "  <enclosure",
)


def _never(_: LintedFeed) -> Iterator[Occurrence]:
    """Find nothing: what this rule is about keeps a feed from being read at all, and is found there."""
    yield from ()


def _no_rss(feed: LintedFeed) -> Iterator[Occurrence]:
    if not feed.received.appcast.channels:
        yield at(feed.root, f"the root is {quoted(feed.root.name)}, and holds no channel")


def _no_items(feed: LintedFeed) -> Iterator[Occurrence]:
    appcast = feed.received.appcast
    if appcast.channels and not appcast.items and not any(feed.root.all("item")):
        yield at(appcast.channels[0], "the channel has no item")


def _items_outside(feed: LintedFeed) -> Iterator[Occurrence]:
    for stray in feed.root.all("item"):
        yield at(stray, f"the item stands in {quoted(feed.root.name)} and not in a channel")


def _several_channels(feed: LintedFeed) -> Iterator[Occurrence]:
    for channel in feed.received.appcast.channels[1:]:
        yield at(channel, "this is not the first channel")


def _wrong_namespace(feed: LintedFeed) -> Iterator[Occurrence]:
    appcast = feed.received.appcast
    for element in (feed.root, *appcast.channels, *(item.element for item in appcast.items)):
        for prefix, namespace in element.declarations.items():
            is_meant = prefix == "sparkle" or _OWN_NAME in namespace
            if is_meant and namespace != SPARKLE_NAMESPACE:
                yield at(element, f"the namespace of {prefix or 'the default'} is {quoted(namespace)}")


def _nested_prefix(feed: LintedFeed) -> Iterator[Occurrence]:
    markup = feed.received.appcast.source.markup
    for item in feed.items:
        for child in (child for name in _WITH_CHILDREN for child in item.children.get(f"{SPARKLE}{name}", ())):
            for nested in child.children:
                written = written_name(nested, markup)
                if nested.name.startswith(SPARKLE) and not written.startswith("sparkle:"):
                    yield at(nested, f"the element is called {quoted(written)}")


def _not_utf_8(feed: LintedFeed) -> Iterator[Occurrence]:
    source = feed.received.appcast.source
    if source.charset != "utf-8":
        yield Occurrence(0, f"the feed is written in {source.encoding}")


def _byte_order_mark(feed: LintedFeed) -> Iterator[Occurrence]:
    source = feed.received.appcast.source
    if source.byte_order_mark and source.charset == "utf-8":
        yield Occurrence(0, "the feed begins with the bytes EF BB BF")


EMPTY = AppcastRule(
    code="feed-empty",
    severity=Severity.ERROR,
    title="The feed is empty",
    clients=EVERY_CLIENT,
    consequence="Every client shows an error instead of an update",
    correction="Write the feed again, and upload it as a whole",
    example=Example("", _GOOD),
    check=_never,
)
MALFORMED = AppcastRule(
    code="not-xml",
    severity=Severity.ERROR,
    title="The feed is no well-formed XML",
    clients=EVERY_CLIENT,
    consequence="Every client shows an error instead of an update",
    correction="Correct the place that is named; in text write &amp; for & and &lt; for <",
    example=Example(_GOOD.replace("<channel>", "<channel><title>Acme & Co</title>"), _GOOD),
    check=_never,
)
WRONG_NAMESPACE = AppcastRule(
    code="namespace-wrong",
    severity=Severity.ERROR,
    title="The namespace of Sparkle is not written to the letter",
    clients=(ClientName.WINSPARKLE, ClientName.NETSPARKLE, ClientName.GENERIC),
    consequence=(
        "These clients find no version and offer nothing; Sparkle itself still knows the literal prefix sparkle, so a "
        "test on a Mac shows nothing"
    ),
    correction=f'Write xmlns:sparkle="{SPARKLE_NAMESPACE}", with http and without a slash at its end',
    example=Example(_GOOD.replace(SPARKLE_NAMESPACE, _FALSE_NAMESPACE), _GOOD),
    check=_wrong_namespace,
)
DOCUMENT_RULES = (
    EMPTY,
    MALFORMED,
    WRONG_NAMESPACE,
    AppcastRule(
        code="not-rss",
        severity=Severity.ERROR,
        title="The document is no RSS with a channel",
        clients=EVERY_CLIENT,
        consequence="Clients find no item in it and say that the app is up to date",
        correction="Put the items into <rss><channel>; a page of the server in place of the feed has another cause",
        example=Example("<html><body>Please log in</body></html>", _GOOD),
        check=_no_rss,
    ),
    AppcastRule(
        code="no-items",
        severity=Severity.WARNING,
        title="The feed has no items",
        clients=EVERY_CLIENT,
        consequence="Clients say that the app is up to date",
        correction="Add an item for each release",
        example=Example(f"{_START}\n<channel>\n<title>Acme Notes</title>\n</channel>\n</rss>", _GOOD),
        check=_no_items,
    ),
    AppcastRule(
        code="item-outside-channel",
        severity=Severity.ERROR,
        title="An item stands outside the channel",
        clients=EVERY_CLIENT,
        consequence="Clients look for items in rss/channel only, and do not see it",
        correction="Move the item into the channel",
        example=Example(f"{_START}\n<channel>\n</channel>\n{sample()}\n</rss>", _GOOD),
        check=_items_outside,
    ),
    AppcastRule(
        code="several-channels",
        severity=Severity.WARNING,
        title="The feed has several channels",
        clients=(ClientName.WINSPARKLE,),
        consequence="WinSparkle stops reading at the end of the first; the others' items are not there for it",
        correction="Put all items into one <channel>; a release channel such as beta is a sparkle:channel in an item",
        example=Example(
            f"{_START}\n<channel>\n{sample()}\n</channel>\n<channel>\n{sample(version='1.2.0')}\n</channel>\n</rss>",
            f"{_START}\n<channel>\n{sample()}\n{sample(version='1.2.0')}\n</channel>\n</rss>",
        ),
        check=_several_channels,
    ),
    AppcastRule(
        code="nested-prefix",
        severity=Severity.WARNING,
        title="A name inside an element of Sparkle's has another prefix than sparkle",
        clients=(ClientName.SPARKLE,),
        consequence="Sparkle goes by the prefix there, and does not see it: what was for some versions is for all",
        correction="Declare the namespace of Sparkle with the prefix sparkle",
        example=Example(
            _INFORMATIONAL.replace("xmlns:sparkle", "xmlns:s").replace("sparkle:", "s:"),
            _INFORMATIONAL,
        ),
        check=_nested_prefix,
    ),
    AppcastRule(
        code="feed-not-utf-8",
        severity=Severity.WARNING,
        title="The feed is not written in UTF-8",
        clients=(ClientName.SPARKLE, ClientName.NETSPARKLE),
        consequence=(
            "NetSparkle verifies the feed's signature over its text in UTF-8 and finds it wrong, and Sparkle cannot "
            "verify a signed feed in UTF-16"
        ),
        correction='Save the feed in UTF-8, and let it begin with <?xml version="1.0" encoding="utf-8"?>',
        example=Example(
            f'<?xml version="1.0" encoding="iso-8859-1"?>\n{_GOOD}', f'<?xml version="1.0" encoding="utf-8"?>\n{_GOOD}'
        ),
        check=_not_utf_8,
    ),
    AppcastRule(
        code="byte-order-mark",
        severity=Severity.WARNING,
        title="The feed begins with a byte order mark",
        clients=(ClientName.NETSPARKLE,),
        consequence="NetSparkle verifies the feed's signature without the mark, and finds it wrong",
        correction="Save the feed in UTF-8 without a byte order mark",
        example=Example(f"\ufeff{_GOOD}", _GOOD),
        check=_byte_order_mark,
    ),
)
