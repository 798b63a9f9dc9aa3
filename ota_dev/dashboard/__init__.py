"""The page that one keeps open while working on an updater: what is on offer, what clients ask, what bends the answers.

Views are values computed from the state of a server; templates turn them into HTML, the only HTML there is. Nothing is
read here but packaged files: the composition root hands the state in, and answers requests with what comes out.
"""

from ota_dev.dashboard.assets import Asset, asset_named
from ota_dev.dashboard.dashboard import Dashboard
from ota_dev.dashboard.rendering import PAGE_POLICY, SIGN_IN_POLICY, sign_in_page
from ota_dev.dashboard.state import Answer, Expecting, FaultInForce, StalledAnswer, State

__all__ = [
    "PAGE_POLICY",
    "SIGN_IN_POLICY",
    "Answer",
    "Asset",
    "Dashboard",
    "Expecting",
    "FaultInForce",
    "StalledAnswer",
    "State",
    "asset_named",
    "sign_in_page",
]
