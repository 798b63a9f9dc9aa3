"""The control API below `/_ota/`: who may use it, what it shows and what it changes.

Nothing in the folder can shadow it, and no update client needs it. `openapi.yaml` describes every route; a new group of
routes is a class with `routes`, handed to `ControlApi`.
"""

from ota_dev.server.control.access import Access, sign_in_url
from ota_dev.server.control.api import ROOT, ControlApi
from ota_dev.server.control.changing import Changing
from ota_dev.server.control.choosing import Choosing
from ota_dev.server.control.events import Events
from ota_dev.server.control.interface import Pages
from ota_dev.server.control.linting import Linting
from ota_dev.server.control.watching import Watching
from ota_dev.server.control.what_if import Preview, WhatIf

__all__ = [
    "ROOT",
    "Access",
    "Changing",
    "Choosing",
    "ControlApi",
    "Events",
    "Linting",
    "Pages",
    "Preview",
    "Watching",
    "WhatIf",
    "sign_in_url",
]
