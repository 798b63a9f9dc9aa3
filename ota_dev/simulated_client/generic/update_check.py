"""What a hand-written client makes of the answer of a JSON API. Pure.

Source: the Python client of a PyInstaller app, observed. It does not compare versions here: what the server calls an
update is one. Whatever is not 200 and a JSON object reads as "no update", never as an error.
"""

import json

from ota_dev.simulated_client.decisions import Decision, Judgement, Offer, Refusal, Verdict
from ota_dev.simulated_client.generic.comparator import compare
from ota_dev.simulated_client.generic.deciding import warnings_of
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import bounded, quoted

__all__ = ["decide_answer"]

_SILENT = "which this client reads as no update, without an error"


def decide_answer(body: bytes, profile: Profile) -> Decision:
    """Decide about the body of an answer as a hand-written client does; it is empty where there is none to read."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        return Decision(offered=None, items=(), problem=Refusal(rule="json", reason=f"it is no JSON object, {_SILENT}"))
    version = bounded(_text(answer, "latest_version"))
    if not answer.get("update_available"):
        said = json.dumps(answer.get("update_available"))[:80]
        return _decision(version, Verdict.REFUSED, f"the server says update_available: {said}")
    offer = _offer(answer, version)
    decision = _decision(version, Verdict.OFFERED, "the server says update_available: true")
    warnings = (*_own_warnings(answer, version, profile), *warnings_of(offer, profile))
    return Decision(offered=offer, items=decision.items, warnings=warnings)


def _decision(version: str, verdict: Verdict, reason: str) -> Decision:
    rule = None if verdict is Verdict.OFFERED else "update-available"
    item = Judgement(version=version, short_version=version, verdict=verdict, rule=rule, reason=reason)
    return Decision(offered=None, items=(item,))


def _offer(answer: dict[str, object], version: str) -> Offer:
    size = answer.get("file_size")
    return Offer(
        version=version,
        short_version=version,
        url=_text(answer, "download_url"),
        length=size if isinstance(size, int) else None,
        signature=_text(answer, "signature"),
        alternate_url=_text(answer, "alternate_url"),
        version_is_short=True,
    )


def _own_warnings(answer: dict[str, object], version: str, profile: Profile) -> list[str]:
    warnings = []
    if compare(profile.installed, version) >= 0:
        warnings.append(
            f"{quoted(version)} is not newer than {quoted(profile.installed)}, and offered all the same: this client "
            "compares no versions of a JSON answer"
        )
    if not isinstance(answer.get("file_size", 0), int):
        warnings.append("file_size is no number, which breaks the download: write 0 where it is not known")
    return warnings


def _text(answer: dict[str, object], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""
