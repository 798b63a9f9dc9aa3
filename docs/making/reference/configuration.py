"""Every setting of `ota-dev.yaml`, from the table of settings. Pure."""

from docs.making.reference.markdown import code, plain, table
from ota_dev.config.schema import SETTINGS
from ota_dev.config.setting import Setting

__all__ = ["settings"]

_HEADS = ["key", "value", "default", "flag", "environment variable", "what it is"]


def settings() -> str:
    """Write the table of settings."""
    return table(_HEADS, map(_row, SETTINGS))


def _row(setting: Setting) -> list[str]:
    value = " or ".join(map(code, setting.choices)) or setting.kind.value
    default = "" if setting.default in (None, ()) else str(setting.default).lower()
    return [code(setting.key), value, code(default), code(setting.flag), code(setting.variable), plain(setting.help)]
