"""Rules about addresses: whether every client can download from them, and under which name. Pure."""

from collections.abc import Callable, Iterator
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import Enclosure
from ota_dev.lint.examples import FILE, Example, sample, windows_sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.simulated_client.rules import quoted

__all__ = ["URL_RULES", "is_local"]

_SCHEMES = ("http", "https")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # which is read only now, and may be none
    except ValueError:
        return None
    return parts


def _unreadable(feed: LintedFeed) -> Iterator[Occurrence]:
    return _urls_that(feed, lambda url: _split(url) is None, "cannot be read")


def _other_scheme(feed: LintedFeed) -> Iterator[Occurrence]:
    def is_other(url: str) -> bool:
        parts = _split(url)
        return parts is not None and bool(parts.scheme) and parts.scheme not in _SCHEMES

    return _urls_that(feed, is_other, "is not http or https")


def _relative(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for file in item.enclosures:
            parts = _split(file.url)
            if file.url and parts is not None and not parts.scheme:
                yield at(file.element.attribute("url"), f"{quoted(file.url)} is relative")


def _public_http(feed: LintedFeed) -> Iterator[Occurrence]:
    def is_public_http(url: str) -> bool:
        parts = _split(url)
        return parts is not None and parts.scheme == "http" and not is_local(parts.hostname or "")

    return _urls_that(feed, is_public_http, "is not https")


def is_local(host: str) -> bool:
    """Say whether a host is this machine or in its network."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local")) or "." not in host
    return address.is_loopback or address.is_private


def _unencoded(feed: LintedFeed) -> Iterator[Occurrence]:
    def is_unencoded(url: str) -> bool:
        return not url.isascii() or any(map(str.isspace, url)) or "\\" in url

    return _urls_that(feed, is_unencoded, "has characters that must be percent-encoded")


def _without_name(feed: LintedFeed) -> Iterator[Occurrence]:
    def has_no_name(url: str) -> bool:
        parts = _split(url)
        return parts is not None and bool(parts.netloc) and (not parts.path or parts.path.endswith("/"))

    return _urls_that(feed, has_no_name, "ends without the name of a file")


def _slash_in_query(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items_for(Platform.WINDOWS):
        for file in item.enclosures:
            parts = _split(file.url)
            if parts and "/" in parts.query + parts.fragment:
                name = file.url.rpartition("/")[2]
                yield at(file.element.attribute("url"), f"WinSparkle saves the file as {quoted(name)}")


def _urls_that(feed: LintedFeed, is_so: Callable[[str], bool], words: str) -> Iterator[Occurrence]:
    for item in feed.items:
        for file in item.files:
            if file.url and is_so(_as_written(file)):
                yield at(file.element.attribute("url"), f"{quoted(file.url)} {words}")


def _as_written(file: Enclosure) -> str:
    attribute = file.element.attribute("url")
    return attribute.value if attribute else ""


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT

URL_RULES = (
    AppcastRule(
        code="url-unreadable",
        severity=Severity.ERROR,
        title="A url cannot be read as an address",
        clients=EVERY_CLIENT,
        consequence="Sparkle refuses the whole feed, the others fail to download",
        correction="Write https://HOST/PATH; look for a wrong port or a [ without its ]",
        example=Example(sample(url="https://[acme.example/Acme-1.3.0.dmg"), sample()),
        check=_unreadable,
    ),
    AppcastRule(
        code="url-scheme",
        severity=Severity.ERROR,
        title="A url is not http or https",
        clients=EVERY_CLIENT,
        consequence="Sparkle refuses the whole feed, the others fail to download",
        correction="Serve the file over https, and write that address",
        example=Example(sample(url="file:///Users/acme/Acme-1.3.0.dmg"), sample()),
        check=_other_scheme,
    ),
    AppcastRule(
        code="url-relative",
        severity=Severity.ERROR,
        title="A url is relative",
        clients=(_WINSPARKLE, _NETSPARKLE, _GENERIC),
        consequence="WinSparkle announces the update and then fails to download it; so do hand-written clients",
        correction="Write the whole address, beginning with https://",
        example=Example(sample(url="Acme-1.3.0.dmg"), sample()),
        check=_relative,
    ),
    AppcastRule(
        code="url-not-https",
        severity=Severity.ERROR,
        title="A url on a public host is plain http",
        clients=(_SPARKLE, _NETSPARKLE, _GENERIC),
        consequence=(
            "App Transport Security of macOS refuses it, unless the app has an exception; NetSparkle does not follow "
            "https to http, and hand-written clients allow it only in development"
        ),
        correction="Serve the file over https",
        example=Example(sample(url=FILE.replace("https:", "http:")), sample()),
        check=_public_http,
    ),
    AppcastRule(
        code="url-not-encoded",
        severity=Severity.ERROR,
        title="A url has white space, or characters that are not ASCII",
        clients=(_WINSPARKLE, _GENERIC),
        consequence="WinSparkle asks for a wrong address and gets 404; only Sparkle encodes spaces, and nothing else",
        correction="Percent-encode it: %20 for a space, %C3%B6 for ö",
        example=Example(
            sample(url="https://acme.example/Acme Größer.dmg"),
            sample(url="https://acme.example/Acme%20Gr%C3%B6%C3%9Fer.dmg"),
        ),
        check=_unencoded,
    ),
    AppcastRule(
        code="url-without-file-name",
        severity=Severity.ERROR,
        title="A url ends without the name of a file",
        clients=(_WINSPARKLE, _NETSPARKLE, _GENERIC),
        consequence="These clients save the file under the end of the address, and cannot",
        correction="Write an address that ends in the file's name",
        example=Example(sample(url="https://acme.example/download/"), sample()),
        check=_without_name,
    ),
    AppcastRule(
        code="url-slash-in-query",
        severity=Severity.ERROR,
        title="A url has a slash behind its ?",
        clients=(_WINSPARKLE,),
        consequence="WinSparkle saves the file under what follows the last slash of all, and cannot run it",
        correction="Encode the slash as %2F, or end the path in the file's name without a query",
        example=Example(
            windows_sample(url="https://acme.example/Acme.exe?from=/feed"),
            windows_sample(url="https://acme.example/Acme.exe?from=%2Ffeed"),
        ),
        check=_slash_in_query,
    ),
)
