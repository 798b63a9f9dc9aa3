"""How to point an app here, for each update client, ready to copy, with the undo and the public key as it wants it.

Pure: values in, texts out. It changes no app, and knows neither terminal nor page.
"""

from ota_dev.client_setup.clients import client_setups
from ota_dev.client_setup.environment_block import environment_block
from ota_dev.client_setup.interface import Address, ClientSetup, Snippet, Step, Target
from ota_dev.client_setup.public_keys import KeyForm, public_key_forms
from ota_dev.client_setup.targets import targets

__all__ = [
    "Address",
    "ClientSetup",
    "KeyForm",
    "Snippet",
    "Step",
    "Target",
    "client_setups",
    "environment_block",
    "public_key_forms",
    "targets",
]
