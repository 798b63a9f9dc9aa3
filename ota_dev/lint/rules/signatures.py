"""Rules about signatures: their form, their place, and files that have none. Pure; nothing is verified here."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator

from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import SPARKLE, Attribute, Element
from ota_dev.lint.examples import SIGNATURE, Example, sample, windows_sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.simulated_client.rules import quoted

__all__ = ["SIGNATURE_RULES"]

_SIZE = 64  # bytes of an Ed25519 signature
_LONGEST = 200  # characters
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_ED, _DSA, _NETSPARKLES = f"{SPARKLE}edSignature", f"{SPARKLE}dsaSignature", f"{SPARKLE}signature"
_MARK = b"<!-- sparkle-signatures:"


def _signatures(feed: LintedFeed) -> Iterator[Attribute]:
    for item in feed.items:
        elements = [file.element for file in item.files] + list(item.item.notes_links)
        yield from filter(None, (element.attribute(_ED) for element in elements))


def _decoded(signature: str) -> bytes | None:
    try:
        return b64decode(signature[:_LONGEST], validate=True)
    except (binascii.Error, ValueError):
        return None


def _digest(feed: LintedFeed) -> Iterator[Occurrence]:
    for signature in _signatures(feed):
        if _DIGEST.fullmatch(signature.value.strip()):
            yield at(signature, f"{len(signature.value.strip())} hex digits are a digest")


def _not_base64(feed: LintedFeed) -> Iterator[Occurrence]:
    for signature in _signatures(feed):
        if not _DIGEST.fullmatch(signature.value.strip()) and _decoded(signature.value) is None:
            yield at(signature, f"{quoted(signature.value)} is no base64")


def _wrong_size(feed: LintedFeed) -> Iterator[Occurrence]:
    for signature in _signatures(feed):
        decoded = None if _DIGEST.fullmatch(signature.value.strip()) else _decoded(signature.value)
        if decoded is not None and len(decoded) != _SIZE:
            yield at(signature, f"it stands for {len(decoded)} bytes")


def _missing(feed: LintedFeed) -> Iterator[Occurrence]:
    if not feed.is_signed:
        return
    for item in feed.items:
        for file in item.files:
            if not any(file.element.get(name) for name in (_ED, _DSA, _NETSPARKLES)):
                yield at(file.element, f"{quoted(file.file_name)} has none, and others of the feed have one")


def _dsa_alone(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for file in item.files:
            if (dsa := file.element.attribute(_DSA)) and not file.ed25519_signature:
                yield at(dsa, "there is a sparkle:dsaSignature and no sparkle:edSignature")


def _as_element(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for name in (_ED, _DSA, _NETSPARKLES):
            for element in item.children.get(name, ()):
                yield at(element, f"sparkle:{name.removeprefix(SPARKLE)} is an element of the item")


def _netsparkles_own(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if item.platforms == {Platform.LINUX}:
            continue
        for file in item.enclosures:
            if (own := file.element.attribute(_NETSPARKLES)) and not file.ed25519_signature:
                yield at(own, "there is a sparkle:signature and no sparkle:edSignature")


def _block_length(feed: LintedFeed) -> Iterator[Occurrence]:
    appcast = feed.received.appcast
    block = appcast.signed_block
    signed = block.start + len(appcast.source.byte_order_mark) if block else 0
    if block and block.length != signed:
        yield Occurrence(block.start, f"{signed} bytes stand before it, and it says {block.length}")


def _block_signature(feed: LintedFeed) -> Iterator[Occurrence]:
    block = feed.received.appcast.signed_block
    if block and len(_decoded(block.ed25519_signature) or b"") != _SIZE:
        yield Occurrence(block.start, f"its edSignature is {quoted(block.ed25519_signature)}")


def _misplaced_block(feed: LintedFeed) -> Iterator[Occurrence]:
    appcast = feed.received.appcast
    markup = appcast.source.markup
    if appcast.signed_block is None and (start := markup.rfind(_MARK)) >= 0 and not _is_text(appcast.root, start):
        yield Occurrence(start, "a comment sparkle-signatures is there, and not as Sparkle looks for it")
    elif appcast.signed_block and markup[appcast.signed_block.end :].strip():
        yield Occurrence(appcast.signed_block.end, "something stands behind the comment")


def _is_text(element: Element, offset: int) -> bool:
    """Say whether the place is inside notes, which may speak of signatures."""
    inside = next((child for child in element.children if child.start <= offset < child.end), None)
    return _is_text(inside, offset) if inside else not element.children


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_FEED = f'<rss version="2.0" xmlns:sparkle="{SPARKLE[1:-1]}">\n<channel>\n{sample()}\n</channel>\n</rss>\n'


def _signed(signature: str) -> str:
    return sample(attributes=f'sparkle:edSignature="{signature}"')


def _with_block(length: int | None = None, signature: str = SIGNATURE, behind: str = "") -> str:
    signed = len(_FEED.encode()) if length is None else length
    return f"{_FEED}<!-- sparkle-signatures:\nedSignature: {signature}\nlength: {signed}\n-->\n{behind}"


SIGNATURE_RULES = (
    AppcastRule(
        code="signature-is-digest",
        severity=Severity.ERROR,
        title="A digest stands where the signature belongs",
        clients=(_SPARKLE, _WINSPARKLE, _NETSPARKLE),
        consequence="These clients refuse the update as improperly signed; a digest proves nothing to them",
        correction="Write what `ota-dev sign FILE` prints",
        example=Example(_signed("e3b0c442" * 8), _signed(SIGNATURE)),
        check=_digest,
    ),
    AppcastRule(
        code="signature-not-base64",
        severity=Severity.ERROR,
        title="A signature is no base64",
        clients=EVERY_CLIENT,
        consequence="Clients refuse the update as improperly signed; - and _ of URL-safe base64 are no base64 to them",
        correction="Write what `ota-dev sign FILE` prints, on one line",
        example=Example(_signed(SIGNATURE.replace("A", "-")), _signed(SIGNATURE)),
        check=_not_base64,
    ),
    AppcastRule(
        code="signature-size",
        severity=Severity.ERROR,
        title="A signature has not 64 bytes",
        clients=EVERY_CLIENT,
        consequence="Clients refuse the update as improperly signed",
        correction="Write what `ota-dev sign FILE` prints; 32 bytes are a key, and fewer a part of a signature",
        example=Example(_signed(SIGNATURE[:44]), _signed(SIGNATURE)),
        check=_wrong_size,
    ),
    AppcastRule(
        code="signature-missing",
        severity=Severity.WARNING,
        title="A file has no signature, and others have one",
        clients=EVERY_CLIENT,
        consequence="An app with a public key refuses it after the download; of a delta it takes the whole file",
        correction="Sign every file with `ota-dev sign FILE`",
        example=Example(
            f"{_signed(SIGNATURE)}\n{sample(version='1.2.0')}",
            f"{_signed(SIGNATURE)}\n{sample(version='1.2.0', attributes=f'sparkle:edSignature={SIGNATURE!r}')}",
        ),
        check=_missing,
    ),
    AppcastRule(
        code="signature-only-dsa",
        severity=Severity.WARNING,
        title="A file has only a DSA signature",
        clients=(_SPARKLE, _WINSPARKLE),
        consequence="Sparkle has refused it since 2.3, and WinSparkle does once the app has an EdDSA key",
        correction="Add a sparkle:edSignature, with the app's EdDSA key",
        example=Example(windows_sample(attributes='sparkle:dsaSignature="MC0CFBfeCa1JyW30nbkB"'), windows_sample()),
        check=_dsa_alone,
    ),
    AppcastRule(
        code="signature-as-element",
        severity=Severity.ERROR,
        title="A signature is an element of the item",
        clients=EVERY_CLIENT,
        consequence="Nobody reads it there: WinSparkle lost even sparkle:dsaSignature, which it once knew",
        correction="Write it as an attribute of the enclosure",
        example=Example(sample(f"<sparkle:edSignature>{SIGNATURE}</sparkle:edSignature>"), _signed(SIGNATURE)),
        check=_as_element,
    ),
    AppcastRule(
        code="signature-of-netsparkle",
        severity=Severity.NOTE,
        title="A signature stands in NetSparkle's own attribute",
        clients=(_SPARKLE, _WINSPARKLE, _GENERIC),
        consequence="Only NetSparkle reads sparkle:signature; to the others the file is unsigned",
        correction="Write sparkle:edSignature, which NetSparkle reads, too: --use-ed25519-signature-attribute",
        example=Example(
            windows_sample(attributes=f'sparkle:signature="{SIGNATURE}"'),
            windows_sample(attributes=f'sparkle:edSignature="{SIGNATURE}"'),
        ),
        check=_netsparkles_own,
    ),
    AppcastRule(
        code="feed-signature-length",
        severity=Severity.ERROR,
        title="A signed feed was changed after it was signed",
        clients=(_SPARKLE,),
        consequence="An app with SURequireSignedFeed refuses the feed",
        correction="Sign the feed again after every change, a change of line ends too",
        example=Example(_with_block(length=7), _with_block()),
        check=_block_length,
    ),
    AppcastRule(
        code="feed-signature-unreadable",
        severity=Severity.ERROR,
        title="The signature of a signed feed cannot be read",
        clients=(_SPARKLE,),
        consequence="An app with SURequireSignedFeed refuses the feed",
        correction="Sign the feed again; its edSignature is the base64 of 64 bytes",
        example=Example(_with_block(signature="e3b0c442"), _with_block()),
        check=_block_signature,
    ),
    AppcastRule(
        code="feed-signature-misplaced",
        severity=Severity.ERROR,
        title="The comment that signs the feed is not its end",
        clients=(_SPARKLE,),
        consequence="What stands behind it is not signed, and inside the document Sparkle cuts the feed there",
        correction="Let the comment be the last thing in the feed, and sign again",
        example=Example(_with_block(behind="<!-- promoted on Monday -->\n"), _with_block()),
        check=_misplaced_block,
    ),
)
