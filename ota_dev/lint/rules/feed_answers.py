"""Rules about what a server answers for the feed itself, where it was asked. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.lint.examples import Example
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.lint.rules.urls import is_local
from ota_dev.simulated_client.rules import quoted

__all__ = ["FEED_ANSWER_RULES"]

_MAX_AGE = re.compile(r"\b(?:s-maxage|max-age)\s*=\s*\"?([0-9]{1,12})")
_LONGEST_AGE = 3600  # seconds


def _charset(feed: LintedFeed) -> Iterator[Occurrence]:
    kind = feed.answer.headers.get("content-type", "") if feed.answer else ""
    if kind.lower().startswith("text/") and "charset" not in kind.lower():
        yield Occurrence(None, f"the feed comes as Content-Type: {kind}")


def _not_https(feed: LintedFeed) -> Iterator[Occurrence]:
    parts = urlsplit(feed.answer.url) if feed.answer else None
    if parts and parts.scheme == "http" and not is_local(parts.hostname or ""):
        yield Occurrence(None, f"the feed is at {quoted(parts.geturl())}")


def _unsigned_over_http(feed: LintedFeed) -> Iterator[Occurrence]:
    if not feed.answer or urlsplit(feed.answer.url).scheme != "http":
        return
    for item in feed.items:
        if item.concerns_only_macs and item.file and not item.file.ed25519_signature:
            yield at(item.file.element, f"{quoted(item.file.file_name)} has no sparkle:edSignature")


def _cached(feed: LintedFeed) -> Iterator[Occurrence]:
    said = feed.answer.headers.get("cache-control", "").lower() if feed.answer else ""
    ages = [int(age) for age in _MAX_AGE.findall(said)]
    if max(ages, default=0) > _LONGEST_AGE:
        yield Occurrence(None, f"the feed comes with Cache-Control: {quoted(said)}")


def _no_signature(feed: LintedFeed) -> Iterator[Occurrence]:
    is_there = (feed.received.detached_signature or "").strip()
    if feed.answer and feed.asked_for_signature and feed.is_signed and not is_there:
        yield Occurrence(None, f"there is no {feed.answer.url}{SIGNATURE_SUFFIX}")


def _wrong_signature(feed: LintedFeed) -> Iterator[Occurrence]:
    return (Occurrence(None, problem) for problem in feed.signature_problems)


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_XML = "Content-Type: application/xml; charset=utf-8"
_SIGNED = "GET /appcast.xml.signature\n200 OK\nContent-Length: 88"


def _feed(*headers: str, url: str = "/appcast.xml") -> str:
    return "\n".join([f"GET {url}", "200 OK", *headers])


def _answer(bad: str, good: str) -> Example:
    return Example(bad, good, is_answer=True)


FEED_ANSWER_RULES = (
    AppcastRule(
        code="feed-charset-missing",
        severity=Severity.WARNING,
        title="The feed comes as text without a charset",
        clients=(_GENERIC,),
        consequence="Hand-written clients read it as Latin-1: notes with umlauts or in Chinese are garbled",
        correction="Serve it as Content-Type: application/xml; charset=utf-8",
        example=_answer(_feed("Content-Type: text/xml"), _feed(_XML)),
        check=_charset,
    ),
    AppcastRule(
        code="feed-not-https",
        severity=Severity.ERROR,
        title="The feed is on a public host, and plain http",
        clients=(_SPARKLE, _GENERIC),
        consequence=(
            "App Transport Security of macOS refuses it, unless the app has an exception; hand-written clients allow "
            "it only in development"
        ),
        correction="Serve the feed over https, and put that address into the app",
        example=_answer(
            _feed(_XML, url="http://acme.example/appcast.xml"), _feed(_XML, url="https://acme.example/appcast.xml")
        ),
        check=_not_https,
    ),
    AppcastRule(
        code="unsigned-over-http",
        severity=Severity.WARNING,
        title="A file for Macs has no signature, and its feed is plain http",
        clients=(_SPARKLE,),
        consequence="Sparkle trusts no feed of http without a public key in the app, and refuses the update after all",
        correction="Sign the file, or serve the feed over https",
        example=_answer(
            _feed(_XML, url="http://127.0.0.1:8080/appcast.xml"), _feed(_XML, url="https://acme.example/appcast.xml")
        ),
        check=_unsigned_over_http,
    ),
    AppcastRule(
        code="feed-cached",
        severity=Severity.WARNING,
        title="The feed may be cached for more than an hour",
        clients=(_NETSPARKLE, _GENERIC),
        consequence="Clients and whatever lies between go on seeing the old feed after a release",
        correction="Serve the feed with Cache-Control: no-cache, and clear the cache of the network that delivers it",
        example=_answer(_feed(_XML, "Cache-Control: public, max-age=86400"), _feed(_XML, "Cache-Control: no-cache")),
        check=_cached,
    ),
    AppcastRule(
        code="feed-signature-absent",
        severity=Severity.NOTE,
        title="There is no signature beside a feed of signed files",
        clients=(_NETSPARKLE,),
        consequence="A NetSparkle app with a public key refuses the feed, and says that there is no internet",
        correction="Upload the signature of the feed at its address and .signature: `generate-appcast --key` writes it",
        example=_answer("GET /appcast.xml.signature\n404 Not Found\nContent-Length: 0", _SIGNED),
        check=_no_signature,
    ),
    AppcastRule(
        code="feed-signature-wrong",
        severity=Severity.ERROR,
        title="A signature of the feed does not fit it",
        clients=(_SPARKLE, _NETSPARKLE),
        consequence=(
            "Sparkle that demands signed feeds refuses it, and so does NetSparkle, which says that there is no internet"
        ),
        correction="Sign the feed again after every change, and upload it and its .signature together",
        example=_answer(f"{_SIGNED}\n\n(of the feed before the last change)", f"{_SIGNED}\n\n(of this feed)"),
        check=_wrong_signature,
    ),
)
