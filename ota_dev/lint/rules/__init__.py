"""The rules, in a module for each subject; `RULES` is all of them in the order of the documentation."""

from collections.abc import Iterable
from difflib import get_close_matches

from ota_dev.errors import UsageError
from ota_dev.lint.findings import AppcastRule, DocumentRule, Rule
from ota_dev.lint.rules.answers import ANSWER_RULES
from ota_dev.lint.rules.deltas import DELTA_RULES
from ota_dev.lint.rules.document import DOCUMENT_RULES
from ota_dev.lint.rules.electron_updater import ELECTRON_UPDATER_RULES
from ota_dev.lint.rules.enclosures import ENCLOSURE_RULES
from ota_dev.lint.rules.feed_answers import FEED_ANSWER_RULES
from ota_dev.lint.rules.hand_written import HAND_WRITTEN_RULES
from ota_dev.lint.rules.netsparkle_json import NETSPARKLE_JSON_RULES
from ota_dev.lint.rules.order import ORDER_RULES
from ota_dev.lint.rules.policy import POLICY_RULES
from ota_dev.lint.rules.signatures import SIGNATURE_RULES
from ota_dev.lint.rules.squirrel import SQUIRREL_RULES
from ota_dev.lint.rules.tauri import TAURI_RULES
from ota_dev.lint.rules.texts import TEXT_RULES
from ota_dev.lint.rules.urls import URL_RULES
from ota_dev.lint.rules.velopack import VELOPACK_RULES
from ota_dev.lint.rules.versions import VERSION_RULES
from ota_dev.lint.rules.windows import WINDOWS_RULES
from ota_dev.simulated_client.feed_kinds import FeedKind

__all__ = ["APPCAST_RULES", "RULES", "SUBJECTS", "check_codes", "document_rules"]

_OF_APPCASTS: dict[str, tuple[AppcastRule, ...]] = {
    "The document": DOCUMENT_RULES,
    "Versions": VERSION_RULES,
    "Several items": ORDER_RULES,
    "Files": ENCLOSURE_RULES,
    "Addresses": URL_RULES,
    "Signatures": SIGNATURE_RULES,
    "Channels and conditions": POLICY_RULES,
    "Deltas": DELTA_RULES,
    "Dates, notes and names": TEXT_RULES,
    "Windows and .NET": WINDOWS_RULES,
    "Hand-written clients": HAND_WRITTEN_RULES,
    "What servers answer for the feed": FEED_ANSWER_RULES,
    "What servers answer for files (`--fetch`)": ANSWER_RULES,
}
_OF_DOCUMENTS: dict[str, tuple[DocumentRule, ...]] = {
    "electron-updater": ELECTRON_UPDATER_RULES,
    "Tauri": TAURI_RULES,
    "Velopack": VELOPACK_RULES,
    "NetSparkle's JSON": NETSPARKLE_JSON_RULES,
    "Squirrel": SQUIRREL_RULES,
}
SUBJECTS: dict[str, tuple[Rule, ...]] = {**_OF_APPCASTS, **_OF_DOCUMENTS}
APPCAST_RULES: tuple[AppcastRule, ...] = tuple(rule for rules in _OF_APPCASTS.values() for rule in rules)
RULES: tuple[Rule, ...] = tuple(rule for rules in SUBJECTS.values() for rule in rules)


def document_rules(kind: FeedKind) -> tuple[DocumentRule, ...]:
    """Give the rules for feeds of a kind other than appcasts."""
    return tuple(rule for rules in _OF_DOCUMENTS.values() for rule in rules if rule.kind is kind)


def check_codes(codes: Iterable[str]) -> None:
    """Make sure that there are rules of these codes.

    Raises:
        UsageError: there is none of one of them; it names the one that may be meant.
    """
    known = [rule.code for rule in RULES]
    for code in codes:
        if code not in known:
            close = get_close_matches(code[:60], known, n=1)
            advice = f"did you mean {close[0]}?" if close else "docs/reference/lint-rules.md lists them"
            raise UsageError(f"there is no rule with the code {code!r}: {advice}")
