"""Settings: what they are, what the configuration file says, and which are in force. No other room reads settings.

Reads the configuration file and the user's template. It starts nothing, and what a release or a scenario says it leaves
to the rooms that know.
"""

from ota_dev.config.client_block import client_block
from ota_dev.config.configuration import FILE_NAME, Configuration, load_configuration
from ota_dev.config.environments import ClientEnvironment
from ota_dev.config.local_address import local_url
from ota_dev.config.schema import SETTINGS
from ota_dev.config.server_settings import ServerSettings, checked_base_url, feeds_of
from ota_dev.config.setting import Kind, Setting
from ota_dev.config.sources import Sourced, settings_in_force
from ota_dev.config.starter import starter_file

__all__ = [
    "FILE_NAME",
    "SETTINGS",
    "ClientEnvironment",
    "Configuration",
    "Kind",
    "ServerSettings",
    "Setting",
    "Sourced",
    "checked_base_url",
    "client_block",
    "feeds_of",
    "load_configuration",
    "local_url",
    "settings_in_force",
    "starter_file",
]
