"""How to point an app here, for each client, with the undo and the public key in each form. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.client_setup import ClientSetup, KeyForm, client_setups, public_key_forms, targets
from ota_dev.dashboard.state import State

__all__ = ["SetupView", "setup_view"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SetupView:
    """The instructions for one app."""

    apps: tuple[tuple[str, str], ...]  # keys and names, where there are several
    app: str  # the key of the one that is shown
    clients: tuple[ClientSetup, ...]
    public_key: str | None
    key_forms: tuple[KeyForm, ...]


def setup_view(state: State, query: Mapping[str, str]) -> SetupView:
    """Show the instructions for the app in *query*, else for the first."""
    apps = state.publication.catalog.apps if state.publication else ()
    known = targets(state.url, apps, state.public_key)
    wanted = query.get("setup-app", "")
    target = next((target for target in known if target.app == wanted), known[0])
    return SetupView(
        apps=tuple((app.key, app.name) for app in apps) if len(apps) > 1 else (),
        app=target.app or "",
        clients=client_setups(target),
        public_key=state.public_key,
        key_forms=public_key_forms(state.public_key) if state.public_key else (),
    )
