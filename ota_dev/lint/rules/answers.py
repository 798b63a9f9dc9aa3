"""Rules about what servers answer for the files that a feed names, where they were asked. Pure."""

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from ota_dev.lint.examples import Example
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import FetchedLink, LintedFeed
from ota_dev.simulated_client.rules import quoted

__all__ = ["ANSWER_RULES"]


def _unreachable(feed: LintedFeed) -> Iterator[Occurrence]:
    return _links_that(feed, lambda link: link.problem)


def _status(feed: LintedFeed) -> Iterator[Occurrence]:
    def problem(link: FetchedLink) -> str:
        answer = link.answer
        return f"{answer.url} answers {answer.status} {answer.reason}" if answer and answer.status >= 400 else ""

    return _links_that(feed, problem)


def _web_page(feed: LintedFeed) -> Iterator[Occurrence]:
    return _links_that(feed, lambda link: f"{link.url} gives a web page" if _is_good(link) and link.is_web_page else "")


def _length(feed: LintedFeed) -> Iterator[Occurrence]:
    def problem(link: FetchedLink) -> str:
        size, said = link.size, link.enclosure.length
        if not _is_good(link) or size is None or not said or size == said or link.is_web_page:
            return ""
        return f"the file has {size} bytes, and the feed says {said}"

    return _links_that(feed, problem)


def _no_length(feed: LintedFeed) -> Iterator[Occurrence]:
    return _links_that(feed, lambda link: _without_header(link, "content-length"))


def _without_header(link: FetchedLink, name: str) -> str:
    answer = link.answer
    return (
        f"{answer.url} comes without {name.title()}" if answer and _is_good(link) and name not in answer.headers else ""
    )


def _encoding(feed: LintedFeed) -> Iterator[Occurrence]:
    def problem(link: FetchedLink) -> str:
        encoding = link.answer.headers.get("content-encoding", "") if link.answer and _is_good(link) else ""
        return f"{link.url} comes with Content-Encoding: {encoding}" if encoding not in ("", "identity") else ""

    return _links_that(feed, problem)


def _downgrade(feed: LintedFeed) -> Iterator[Occurrence]:
    def problem(link: FetchedLink) -> str:
        is_downgrade = link.answer and link.url.startswith("https:") and link.answer.url.startswith("http:")
        return f"{link.url} leads to {link.answer.url}" if link.answer and is_downgrade else ""

    return _links_that(feed, problem)


def _other_name(feed: LintedFeed) -> Iterator[Occurrence]:
    def problem(link: FetchedLink) -> str:
        if not link.answer or not _is_good(link):
            return ""
        asked, given = _name(link.url), _name(link.answer.url)
        return f"{quoted(asked)} becomes {quoted(given)}" if asked != given else ""

    return _links_that(feed, problem)


def _name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])


def _signature(feed: LintedFeed) -> Iterator[Occurrence]:
    return _links_that(feed, lambda link: link.signature_problem)


def _is_good(link: FetchedLink) -> bool:
    return link.answer is not None and link.answer.status < 400


def _links_that(feed: LintedFeed, problem: Callable[[FetchedLink], str]) -> Iterator[Occurrence]:
    for link in feed.links:
        if words := problem(link):
            yield at(link.enclosure.element.attribute("url") or link.enclosure.element, words)


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_FILE = "Content-Type: application/x-apple-diskimage"
_GOOD = f"GET /Acme-1.3.0.dmg\n200 OK\n{_FILE}\nContent-Length: 5000"


def _answer(bad: str, good: str = _GOOD) -> Example:
    return Example(bad, good, is_answer=True)


ANSWER_RULES = (
    AppcastRule(
        code="link-unreachable",
        severity=Severity.ERROR,
        title="A file cannot be fetched",
        clients=EVERY_CLIENT,
        consequence="Clients announce the update, and fail to download it",
        correction="Correct the url, the certificate or the server",
        example=_answer("GET /Acme-1.3.0.dmg\n301 Moved Permanently\nLocation: /Acme-1.3.0.dmg\nContent-Length: 0"),
        check=_unreachable,
    ),
    AppcastRule(
        code="link-status",
        severity=Severity.ERROR,
        title="The server answers with an error for a file",
        clients=EVERY_CLIENT,
        consequence="Clients announce the update, and fail to download it",
        correction="Upload the file, or correct the url; upper and lower case count on servers",
        example=_answer(f"GET /Acme-1.3.0.dmg\n404 Not Found\n{_FILE}\nContent-Length: 0"),
        check=_status,
    ),
    AppcastRule(
        code="link-web-page",
        severity=Severity.ERROR,
        title="A web page comes in place of a file",
        clients=EVERY_CLIENT,
        consequence="Clients download the page, and say that the update is improperly signed or damaged",
        correction="Write the address of the file itself, and not of a page, a login or an error",
        example=_answer("GET /Acme-1.3.0.dmg\n200 OK\nContent-Type: text/html\nContent-Length: 5000"),
        check=_web_page,
    ),
    AppcastRule(
        code="link-length",
        severity=Severity.ERROR,
        title="A file has another length than the feed says",
        clients=(_SPARKLE, _GENERIC),
        consequence="Hand-written clients refuse it; where there is a signature, it was likely made of another file",
        correction="Upload the file that the feed was written for, or write its length and sign it",
        example=_answer(_GOOD.replace("5000", "4000")),
        check=_length,
    ),
    AppcastRule(
        code="link-without-length",
        severity=Severity.WARNING,
        title="A file comes without a Content-Length",
        clients=(_SPARKLE, _NETSPARKLE),
        consequence="NetSparkle refuses the download, and Sparkle may show no progress",
        correction="Serve files with a Content-Length, and not chunked",
        example=_answer(_GOOD.partition("\nContent-Length")[0]),
        check=_no_length,
    ),
    AppcastRule(
        code="link-content-encoding",
        severity=Severity.ERROR,
        title="A file comes with a Content-Encoding",
        clients=(_SPARKLE, _WINSPARKLE, _GENERIC),
        consequence="Clients undo it before they verify the file: a .tar.gz is unpacked, and its signature wrong",
        correction="Serve installers without Content-Encoding",
        example=_answer(f"{_GOOD}\nContent-Encoding: br"),
        check=_encoding,
    ),
    AppcastRule(
        code="link-downgrade",
        severity=Severity.ERROR,
        title="A file is redirected from https to http",
        clients=(_SPARKLE, _NETSPARKLE),
        consequence="NetSparkle does not follow it, and App Transport Security of macOS refuses it",
        correction="Redirect to https",
        example=_answer(
            "GET https://acme.example/Acme-1.3.0.dmg\n302 Found\nLocation: http://cdn.acme.example/Acme-1.3.0.dmg"
        ),
        check=_downgrade,
    ),
    AppcastRule(
        code="link-other-name",
        severity=Severity.WARNING,
        title="A redirect leads to a file of another name",
        clients=(_WINSPARKLE, _NETSPARKLE),
        consequence="These clients save the file under the name at the end, and run it by its ending",
        correction="Redirect to an address that ends in the file's name",
        example=_answer(
            "GET /Acme-1.3.0.dmg\n302 Found\nLocation: /blob/7f3a\nContent-Length: 0",
            "GET /Acme-1.3.0.dmg\n302 Found\nLocation: /blob/Acme-1.3.0.dmg\nContent-Length: 0",
        ),
        check=_other_name,
    ),
    AppcastRule(
        code="link-signature",
        severity=Severity.ERROR,
        title="A signature does not fit the file",
        clients=(_SPARKLE, _WINSPARKLE, _NETSPARKLE),
        consequence="Clients refuse the update as improperly signed after the download",
        correction="Sign the file that is served with the key whose public half is in the app",
        example=_answer(
            f"GET /Acme-1.3.0.dmg, whose signature was made with another key\n200 OK\n{_FILE}\nContent-Length: 5000",
            f"GET /Acme-1.3.0.dmg, which is signed with the app's key\n200 OK\n{_FILE}\nContent-Length: 5000",
        ),
        check=_signature,
    ),
)
