"""A feed and the files that it names, asked for as a client does. The only user of the network here.

Of a file only the head of the answer is asked for, unless there is a key to verify it with: then all of it is
downloaded, into a temporary folder.
"""

from collections.abc import Collection, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.errors import FetchingError, MalformedFeedError
from ota_dev.feeds.appcast.reading import Enclosure
from ota_dev.lint.linted import FetchedLink, LintedFeed
from ota_dev.lint.linting import Report, lint_content, lint_feed, lint_malformed
from ota_dev.signing import VerifyingKey, verify_file
from ota_dev.simulated_client.feed_kinds import FeedKind, recognise
from ota_dev.simulated_client.fetching import Answer, Limits, Sink, fetch, is_address
from ota_dev.simulated_client.received import LARGEST_FEED, ReceivedFeed
from ota_dev.simulated_client.receiving import LARGEST_SIGNATURE, read_local
from ota_dev.simulated_client.verification import AppKey

__all__ = ["MOST_LINKS", "lint_with_answers"]

MOST_LINKS = 100  # different ones, the first in the feed
_LARGEST_FILE = 8 * 1024**3  # bytes
_PATIENCE = 60  # seconds for a feed, or the head of a file
_LONGEST_DOWNLOAD = 3600  # seconds
# As Sparkle and WinSparkle ask, so that a server that encodes archives does it here, too.
_HEADERS = {"User-Agent": "ota-dev-lint", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
_WITHOUT_HEAD = (403, 405, 501)  # how servers refuse HEAD; signed addresses of object stores are for GET alone


def lint_with_answers(
    source: str, ignored: Collection[str] = (), key: VerifyingKey | None = None, *, with_links: bool
) -> Report:
    """Lint a feed and what its server answers, *with_links* what those of its files answer, too.

    *source* is a URL, the name of a file, or `-`. With *key* the files are downloaded, and their signatures verified.

    Raises:
        FetchingError: the feed's server does not answer, or with an error.
        FeedError: the file cannot be read.
    """
    content, name, answer = _fetch_feed(source) if is_address(source) else (*read_local(source), None)
    if recognise(content, answer.url if answer else name) not in (FeedKind.APPCAST, None):
        return lint_content(content, name, ignored, url=answer.url if answer else None)
    try:
        received = ReceivedFeed.read(
            content,
            name,
            url=answer.url if answer else None,
            detached_signature=_fetch_signature(source) if answer and with_links else None,
        )
    except MalformedFeedError as error:
        return lint_malformed(content, name, error, ignored)
    links = tuple(_links(received, key)) if with_links else ()
    feed = LintedFeed(
        received=received,
        answer=answer,
        links=links,
        asked_for_signature=bool(answer and with_links),
        signature_problems=tuple(_signature_problems(received, key)) if key else (),
    )
    return lint_feed(feed, name, ignored)


def _fetch_feed(url: str) -> tuple[bytes, str, Answer]:
    body = BytesIO()
    answer = fetch(url, _HEADERS, Limits(size=LARGEST_FEED, seconds=_PATIENCE), body)
    if answer.status >= 400:
        raise FetchingError(
            f"{answer.url} answers {answer.status} {answer.reason}: there is no feed to lint, check its address"
        )
    return body.getvalue(), url, answer


def _fetch_signature(url: str) -> str | None:
    """Fetch what NetSparkle looks for at a feed's address and `.signature`; `None` when it is not there."""
    body = BytesIO()
    try:
        answer = fetch(f"{url}{SIGNATURE_SUFFIX}", _HEADERS, Limits(size=LARGEST_SIGNATURE, seconds=_PATIENCE), body)
    except FetchingError:
        return None
    return body.getvalue().decode("utf-8", "replace") if answer.status < 400 else None


def _signature_problems(feed: ReceivedFeed, key: VerifyingKey) -> Iterator[str]:
    """Verify the signature beside a feed and the one at its end, as far as they are there."""
    trusted = AppKey(key)
    if detached := (feed.detached_signature or "").strip():
        problem = trusted.problem(feed.content, detached)
        yield from [f"beside the feed: {problem}"] if problem else []
    if feed.appcast.signed_block:
        problem = trusted.feed_problem(feed.content)
        yield from [f"at the end of the feed: {problem}"] if problem else []


def _links(feed: ReceivedFeed, key: VerifyingKey | None) -> Iterator[FetchedLink]:
    return (_link(file, url, key) for file, url in islice(_addresses(feed), MOST_LINKS))


def _addresses(feed: ReceivedFeed) -> Iterator[tuple[Enclosure, str]]:
    """Give what can be fetched, once for each address and what is said of it."""
    seen = set()
    for file in (file for item in feed.appcast.items for file in (*item.enclosures, *item.deltas)):
        url = feed.absolute(file.url)
        said = (url, file.length, file.ed25519_signature)
        if url.startswith(("http://", "https://")) and said not in seen:
            seen.add(said)
            yield file, url


def _link(file: Enclosure, url: str, key: VerifyingKey | None) -> FetchedLink:
    try:
        if key and file.ed25519_signature:
            return _verified(file, url, key)
        return _answered(file, url, _head(url))
    except FetchingError as error:
        return FetchedLink(enclosure=file, url=url, answer=None, problem=str(error))


def _head(url: str) -> Answer:
    answer = fetch(url, _HEADERS, Limits(size=_LARGEST_FILE, seconds=_PATIENCE), BytesIO(), method="HEAD")
    return _get(url, _Nowhere()) if answer.status in _WITHOUT_HEAD else answer


def _verified(file: Enclosure, url: str, key: VerifyingKey) -> FetchedLink:
    with TemporaryDirectory(prefix="ota-dev-lint-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as target:
            answer = _get(url, target)
        verdict = verify_file(path, file.ed25519_signature, key)
    is_judged = answer.status < 400 and not verdict.is_good
    return _answered(file, url, answer, str(verdict) if is_judged else "")


def _get(url: str, body: Sink) -> Answer:
    return fetch(url, _HEADERS, Limits(size=_LARGEST_FILE, seconds=_LONGEST_DOWNLOAD), body)


def _answered(file: Enclosure, url: str, answer: Answer, signature_problem: str = "") -> FetchedLink:
    length = answer.headers.get("content-length", "")
    is_encoded = "content-encoding" in answer.headers  # Then the length is another one.
    return FetchedLink(
        enclosure=file,
        url=url,
        answer=answer,
        size=int(length) if length.isascii() and length.isdigit() and len(length) < 19 and not is_encoded else None,
        is_web_page=answer.headers.get("content-type", "").lower().startswith("text/html"),
        signature_problem=signature_problem,
    )


class _Nowhere:
    """Takes a body that nobody needs."""

    def write(self, data: bytes) -> None:
        """Forget the bytes."""
