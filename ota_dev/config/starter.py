"""A commented `ota-dev.yaml` to start from: every setting with its default, and an example of all else. Pure."""

import json
from pathlib import Path

from ota_dev.config.schema import SETTINGS
from ota_dev.config.setting import Setting

__all__ = ["starter_file"]

_HEAD = """\
# Settings of ota-dev, read from the folder in which it runs. Every line is a comment with the default in it, or an
# example: take the leading "#" away to change something. A flag and an environment variable go before this file;
# `ota-dev config show` says which value is in force and where it comes from.
"""

_EXAMPLES = """\
# What is said of releases, by the names of installers. Of several globs that match, a later one counts first; what a
# sidecar such as Acme-Notes-1.3.0.dmg.yaml says goes before both. null takes back what a more general place says.
#releases:
#  "*":
#    link: "https://example.com/acme-notes"
#    full_release_notes_link: "https://example.com/acme-notes/history"
#  "*-beta*":
#    channel: beta
#  "Acme-Notes-1.3.0*":
#    critical:
#      below: "1.2.0"
#    phased_rollout_interval: 1d

# Scenarios of your own, beside those of `docs/reference/scenarios.md`.
#scenarios:
#  truncated:
#    does: "The download breaks off in its middle, once."
#    faults: ["truncate:after=50%,times=1"]

# What differs between environments; choose one here or with --environment.
#environment: development
#environments:
#  development:
#    ota_server: "http://127.0.0.1:8080"
#    appcast_base: "http://127.0.0.1:8080/dev"
#    channel: dev
"""


def starter_file() -> str:
    """Write the file."""
    settings = "\n".join(f"# {setting.help}\n#{setting.key}: {_written(setting)}\n" for setting in SETTINGS)
    return f"{_HEAD}\n{settings}\n{_EXAMPLES}"


def _written(setting: Setting) -> str:
    default = setting.default
    # JSON's texts, numbers and lists are YAML's too.
    return json.dumps(str(default) if isinstance(default, Path) else default)
