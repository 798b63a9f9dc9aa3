"""What a setting is: its key, what its value may be, and how that is read from a file or a variable. Pure."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ota_dev.documents import Document

__all__ = ["Kind", "Setting", "SettingValue"]

SettingValue = str | int | bool | Path | tuple[str, ...] | None

LARGEST_PORT = 65_535
_YES_NO = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


class Kind(Enum):
    """What a setting's value is, in words for people."""

    TEXT = "text"
    TEXTS = "list of texts"
    PATH = "path"
    YES_NO = "true or false"
    PORT = "port number"


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One setting."""

    key: str  # in ota-dev.yaml
    kind: Kind
    default: SettingValue
    help: str
    choices: tuple[str, ...] = ()  # of a text; empty is any

    @property
    def flag(self) -> str:
        """Give the option that sets it."""
        return f"--{self.key.replace('_', '-')}"

    @property
    def variable(self) -> str:
        """Give the environment variable that sets it."""
        return f"OTA_DEV_{self.key.upper()}"

    def read(self, document: Document, key: str) -> SettingValue:
        """Read the value in a file; a path is relative to the file's folder.

        Raises:
            ConfigurationError, ValueError: it is of another kind.
        """
        value = document.values[key]
        if value is None:
            return self.default
        match self.kind:
            case Kind.YES_NO if not isinstance(value, bool):
                raise ValueError("write true or false")
            case Kind.PORT if not isinstance(value, int) or isinstance(value, bool):
                raise ValueError(f"write a number from 0 to {LARGEST_PORT}")
            case Kind.YES_NO | Kind.PORT:
                return self.parse(str(value))
            case Kind.TEXTS:
                return document.texts(key)
        text = self.parse(document.text(key) or "")
        return document.path.parent / text if isinstance(text, Path) else text

    def parse(self, text: str) -> SettingValue:
        """Read the value in an environment variable; several texts are separated by white space.

        Raises:
            ValueError: it is of another kind.
        """
        match self.kind:
            case Kind.YES_NO if text.lower() not in _YES_NO:
                raise ValueError(f"{text!r} is neither true nor false")
            case Kind.YES_NO:
                return _YES_NO[text.lower()]
            case Kind.PORT if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= LARGEST_PORT):
                raise ValueError(f"{text!r} is no port, write a number from 0 to {LARGEST_PORT}")
            case Kind.PORT:
                return int(text)
            case Kind.TEXTS:
                return tuple(text.split())
            case Kind.PATH if "\0" in text:
                raise ValueError(f"{text!r} is no path, no system has names with a null character")
            case Kind.PATH:
                return Path(text)
        if self.choices and text not in self.choices:
            raise ValueError(f"{text!r} is none of {', '.join(self.choices)}")
        return text
