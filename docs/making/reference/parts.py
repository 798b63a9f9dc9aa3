"""Which part of which page is generated, by what. Reads the pages, and writes them on demand."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.making.pages import DOCS, pages
from docs.making.reference.client_setups import PARTS_OF_CLIENTS
from docs.making.reference.commands import commands, exit_codes
from docs.making.reference.configuration import settings
from docs.making.reference.control_api import routes
from docs.making.reference.disturbances import (
    faults,
    parameters_of_every_fault,
    parameters_of_scenarios,
    scenarios,
    scenarios_in_short,
)
from docs.making.reference.markdown import names_of_parts, with_part
from docs.making.reference.rooms import differences_of_systems, rooms
from ota_dev.lint.documentation import rules_page

__all__ = ["GENERATED_PAGES", "PARTS", "rewritten"]

PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "exit-codes": exit_codes,
    "settings": settings,
    "scenarios": scenarios,
    "scenarios-in-short": scenarios_in_short,
    "parameters-of-scenarios": parameters_of_scenarios,
    "faults": faults,
    "parameters-of-every-fault": parameters_of_every_fault,
    "routes": routes,
    "rooms": rooms,
    "differences-of-systems": differences_of_systems,
    **PARTS_OF_CLIENTS,
}
_WHOLE_PAGES = {DOCS / "reference" / "lint-rules.md": rules_page}

GENERATED_PAGES = sorted(page for page in pages() if page in _WHOLE_PAGES or names_of_parts(page.read_text("utf-8")))


def rewritten(page: Path) -> str:
    """Give *page* as it would be written now."""
    if page in _WHOLE_PAGES:
        return _WHOLE_PAGES[page]()
    text = page.read_text("utf-8")
    for name in names_of_parts(text):
        text = with_part(text, name, PARTS[name]())
    return text
