"""What is right and wrong about a downloaded update, in the words of the fix. Reads the file that was downloaded."""

import hashlib
import re
from base64 import b64decode
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.catalog.versions import Version, compare
from ota_dev.errors import InstallerError
from ota_dev.installers.reading import read_installer
from ota_dev.signing import Part, PublicKey, VerifyingKey, verify_file
from ota_dev.simulated_client.decisions import Digest
from ota_dev.simulated_client.field_names import FieldNames
from ota_dev.simulated_client.rules import quoted

__all__ = ["Claim", "Finding", "Outcome", "examine", "examine_length", "examine_signature"]

_WEB_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HEAD_SIZE = 1024  # bytes
_KEY_SIZE = 32
_SHA256 = re.compile("[0-9a-f]{64}")

_FIXES = {
    Part.KEY: "give the public key that the app carries",
    Part.SIGNATURE: "write into the feed what `ota-dev sign FILE` prints",
    Part.LENGTH: "upload the file that was signed, or sign the one that is there",
    Part.BYTES: "sign the file that is served with the key whose public half is in the app (`ota-dev keys show`)",
}


class Outcome(StrEnum):
    """What became of one check."""

    GOOD = "good"
    WRONG = "wrong"  # the client does not install the update, or installs something else than it announced
    WARNING = "warning"
    SKIPPED = "skipped"  # there was nothing to check it with


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One part of an update, and what is to be said of it."""

    part: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What the feed says of a file, and how much the client cares."""

    version: str
    version_is_short: bool  # the one that people see, not the build
    platform: Platform
    length: int | None  # bytes
    signature: str
    key: VerifyingKey | None  # that the app carries
    digest: Digest | None
    fields: FieldNames  # of the feed
    must_have_length: bool  # refuses a file of another length
    verifies: bool  # looks at signatures at all
    takes_digests: bool  # a SHA-256 in the place of a signature


def examine(path: Path, claim: Claim) -> list[Finding]:
    """Examine the whole file of an update: its length, its signature, and what is inside."""
    facts, installer = _read(path)
    key, source = (claim.key, "") if claim.key else (_key_inside(facts), ", with the key inside the installer")
    return [
        examine_length(path.stat().st_size, claim),
        *([_examine_digest(path, claim.digest)] if claim.digest else ()),
        examine_signature(path, claim, key, source if key else ""),
        installer,
        *(_compare(facts, claim) if facts else ()),
    ]


def examine_length(size: int, claim: Claim) -> Finding:
    """Compare the size of a file with what the feed says."""
    if not claim.length:
        outcome = Outcome.SKIPPED
        reason = f"the file has {size} bytes, and the client reads no length in the feed"
    elif size == claim.length:
        outcome, reason = Outcome.GOOD, f"{size} bytes, as the feed says"
    else:
        outcome = Outcome.WRONG if claim.must_have_length else Outcome.WARNING
        reason = (
            f"the file has {size} bytes, and the feed says {claim.length}: another file was uploaded, or the length is "
            f"not its own; write {claim.fields.length.format(size)} if this is the right one"
        )
    return Finding(part="length", outcome=outcome, reason=reason)


def examine_signature(path: Path, claim: Claim, key: VerifyingKey | None, source: str = "") -> Finding:
    """Verify the signature of a file; *source* says where the key comes from, if not from the user."""
    if not claim.verifies:
        return _signature(Outcome.SKIPPED, "this client verifies none")
    if claim.takes_digests and _SHA256.fullmatch(claim.signature):
        return _digest(path, claim.signature)
    if key is None:
        is_signed = "it is signed, but " if claim.signature else ""
        return _signature(Outcome.SKIPPED, f"{is_signed}there is no key to verify it with: give --public-key")
    if not claim.signature:
        return _signature(Outcome.WRONG, f"the feed has none, and the app has a key: {_FIXES[Part.SIGNATURE]}")
    verdict = verify_file(path, claim.signature, key)
    if verdict.wrong is None:
        return _signature(Outcome.GOOD, f"fits the file{source}")
    return _signature(Outcome.WRONG, f"{verdict}{source}: {_FIXES[verdict.wrong]}")


def _examine_digest(path: Path, digest: Digest) -> Finding:
    part = digest.algorithm
    if _has_digest(path, digest):
        return Finding(part=part, outcome=Outcome.GOOD, reason="fits the file")
    reason = "is not that of this file: write the feed after the file was signed, renamed or packed again"
    return Finding(part=part, outcome=Outcome.WRONG, reason=reason)


def _has_digest(path: Path, digest: Digest) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, digest.algorithm).hexdigest() == digest.value


def _digest(path: Path, expected: str) -> Finding:
    if _has_digest(path, Digest(algorithm="sha256", value=expected)):
        return _signature(
            Outcome.GOOD, "it is the SHA-256 of the file, which this client takes, and which proves nothing"
        )
    return _signature(
        Outcome.WRONG, "it is a SHA-256, but not of this file: upload the right file, or write its digest"
    )


def _signature(outcome: Outcome, reason: str) -> Finding:
    return Finding(part="signature", outcome=outcome, reason=reason)


def _read(path: Path) -> tuple[Facts | None, Finding]:
    """Read what is inside a file; a web page is told apart, since servers give one in place of much."""
    with path.open("rb") as file:
        if _WEB_PAGE.match(file.read(_HEAD_SIZE)):
            reason = "it is a web page and no installer: the url leads to a page, a login or an error"
            return None, Finding(part="installer", outcome=Outcome.WRONG, reason=reason)
    try:
        facts = read_installer(path)
    except InstallerError as error:
        return None, Finding(part="installer", outcome=Outcome.WRONG, reason=f"{error}: build or upload it again")
    if not facts.known():
        return facts, Finding(part="installer", outcome=Outcome.SKIPPED, reason="it says nothing about itself")
    versions = dict.fromkeys(filter(None, (facts.short_version, facts.version)))
    reason = " ".join(filter(None, (facts.name, " build ".join(versions)))) or "it can be read"
    return facts, Finding(part="installer", outcome=Outcome.GOOD, reason=reason)


def _compare(facts: Facts, claim: Claim) -> list[Finding]:
    findings = []
    inside = (facts.short_version if claim.version_is_short else None) or facts.version or facts.short_version
    if inside:
        findings.append(_compare_version(inside, facts, claim))
    if facts.platform and facts.platform is not claim.platform:
        reason = f"the file is for {facts.platform}, and was offered on {claim.platform}: correct {claim.fields.system}"
        findings.append(Finding(part="system", outcome=Outcome.WRONG, reason=reason))
    return findings


def _compare_version(inside: str, facts: Facts, claim: Claim) -> Finding:
    order = compare(Version(claim.version), Version(inside))
    if order == 0:
        return Finding(part="version", outcome=Outcome.GOOD, reason=f"{quoted(inside)}, as the feed says")
    where = facts.sources.get("version") or facts.sources.get("short_version", "installer")
    follows = (
        "the app would offer the same update again and again"
        if order > 0
        else "apps between the two are not offered the update"
    )
    reason = (
        f"the feed says {quoted(claim.version)}, and the {where} inside says {quoted(inside)}: write "
        f"{quoted(inside)} into {claim.fields.version}, or {follows}"
    )
    return Finding(part="version", outcome=Outcome.WRONG, reason=reason)


def _key_inside(facts: Facts | None) -> PublicKey | None:
    try:
        raw = b64decode(facts.public_key or "", validate=True) if facts else b""
    except ValueError:
        return None
    return PublicKey(raw) if len(raw) == _KEY_SIZE else None
