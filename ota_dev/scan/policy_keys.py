"""The keys of a policy, as sidecars and `ota-dev.yaml` spell them, and the reader of each.

Every key takes `null` too, and those that are a yes or no take `false`: that takes back what a more general place says.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from ota_dev.catalog import policy_values as check
from ota_dev.catalog.policy import POLICY_FIELDS, Critical, Informational, OwnElement, Policy
from ota_dev.documents import Document, Reader, read_keys

__all__ = ["POLICY_READERS", "policy_of"]

MOST_ELEMENTS = 32
DECLARATION = "xmlns:"

_Value = TypeVar("_Value")


def policy_of(values: dict[str, object]) -> Policy:
    """Build the policy out of what `POLICY_READERS` gave; other keys are passed over."""
    said: dict[str, Any] = {name: values[name] for name in POLICY_FIELDS if values.get(name)}
    withdrawn = {name for name in POLICY_FIELDS if name in values and not values[name]}
    return Policy(**said, withdrawn=frozenset(withdrawn))


def _text(check_value: Callable[[str], _Value]) -> Reader[_Value | None]:
    def read(document: Document, key: str) -> _Value | None:
        text = document.text(key)
        return None if text is None else check_value(text)

    return read


def _hardware(document: Document, key: str) -> tuple[str, ...]:
    return check.hardware_requirements(document.texts(key))


def _number(check_value: Callable[[str | int], _Value]) -> Reader[_Value | None]:
    def read(document: Document, key: str) -> _Value | None:
        value = document.values[key]
        if value is None:
            return None
        return check_value(value if isinstance(value, int) and not isinstance(value, bool) else str(value))

    return read


def _date(document: Document, key: str) -> object:
    value = document.values[key]  # YAML itself knows dates
    return check.publication_date(value) if isinstance(value, date) else _text(check.publication_date)(document, key)


def _critical(document: Document, key: str) -> Critical | None:
    said = _unless_yes_or_no(document, key, {"below": _text(check.version_text)})
    return None if said is None else Critical(below_version=said.get("below"))


def _informational(document: Document, key: str) -> Informational | None:
    said = _unless_yes_or_no(document, key, {"versions": _versions, "below": _text(check.version_text)})
    return None if said is None else Informational(versions=said.get("versions", ()), below_version=said.get("below"))


def _unless_yes_or_no(document: Document, key: str, readers: dict[str, Reader[Any]]) -> dict[str, Any] | None:
    """Read for whom something is: nobody (`None`), everyone (nothing more said), or those that *readers* make out."""
    value = document.values[key]
    if not value or value is True:
        return {} if value else None
    if not isinstance(value, dict):
        raise document.error(key, f"write true or false, or below it, indented, the key {' or '.join(readers)}")
    said = read_keys(document.section(key), readers)
    if not any(said.values()):
        raise ValueError("nothing stands below it: write true, if it is for everyone")
    return said


def _versions(document: Document, key: str) -> tuple[str, ...]:
    return tuple(map(check.version_text, document.texts(key)))


def _elements(document: Document, key: str) -> tuple[OwnElement, ...]:
    """Read `xmlns:acme: https://example.com/ns` and then `acme:track: stable`, as XML has it."""
    if not document.values[key]:
        return ()
    section = document.section(key)
    if len(section.values) > MOST_ELEMENTS:
        raise ValueError(f"there are more than {MOST_ELEMENTS} of them")
    readers = {name: _text(check.web_link) if name.startswith(DECLARATION) else _element for name in section}
    return tuple(read for read in read_keys(section, readers).values() if isinstance(read, OwnElement))


def _element(section: Document, name: str) -> OwnElement:
    declaration = DECLARATION + name.partition(":")[0]
    if declaration not in section.values:
        raise ValueError(f"say which namespace it is in, with `{declaration}: https://example.com/ns` beside it")
    return check.own_element(name, section.text(declaration) or "", section.text(name) or "")


POLICY_READERS: dict[str, Reader[object]] = {
    "title": _text(check.one_line),
    "channel": _text(check.channel_name),
    "minimum_os": _text(check.system_version),
    "maximum_os": _text(check.system_version),
    "hardware_requirements": _hardware,
    "minimum_update_version": _text(check.version_text),
    "minimum_autoupdate_version": _text(check.version_text),
    "ignore_skipped_upgrades_below_version": _text(check.version_text),
    "critical": _critical,
    "phased_rollout_interval": _number(check.rollout_interval),
    "staging": _number(check.staging_percentage),
    "informational": _informational,
    "installer_arguments": _text(check.one_line),
    "link": _text(check.web_link),
    "full_release_notes_link": _text(check.web_link),
    "publication_date": _date,
    "own_elements": _elements,
}
