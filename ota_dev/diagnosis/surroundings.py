"""What ota-dev runs on and in: facts that need no trial. Reads the environment, the streams and installed packages."""

import locale
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TextIO

from ota_dev import __version__
from ota_dev.diagnosis.facts import Fact
from ota_dev.operating_system import user_language
from ota_dev.signing import PRIVATE_KEY_VARIABLE, has_personal_test_key

__all__ = ["keys", "system", "terminal", "variables", "versions"]

_OWN_VARIABLE = re.compile(r"OTA_DEV_|(NO_COLOR|COLUMNS|PYTHONUTF8|PYTHONIOENCODING|(HTTPS?|ALL|NO)_PROXY)$")


def versions() -> Iterator[Fact]:
    """Give the versions of ota-dev, of Python, and of everything that ota-dev needs."""
    yield Fact(name="ota-dev", value=__version__)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield Fact(name="Python", value=f"{python}, {sys.executable}")
    for name, is_conditional in _dependencies().items():
        yield from _dependency(name, is_conditional)


def system() -> Iterator[Fact]:
    """Give the system, its processor, its language and the encodings that Python takes from it."""
    yield Fact(name="system", value=platform.platform())
    yield Fact(name="architecture", value=platform.machine() or "unknown")
    yield Fact(name="language", value=user_language() or "not said")
    encodings = f"{locale.getencoding()} for text, {sys.getfilesystemencoding()} for names"
    yield Fact(name="encodings", value=f"{encodings}{', in UTF-8 mode' if sys.flags.utf8_mode else ''}")


def terminal(environment: Mapping[str, str]) -> Iterator[Fact]:
    """Give what each standard stream is, and what the terminal calls itself."""
    for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout), ("stderr", sys.stderr)):
        yield Fact(name=name, value=_stream(stream))
    yield Fact(name="TERM", value=environment.get("TERM", "not set"))


def variables(environment: Mapping[str, str]) -> Iterator[Fact]:
    """Name the variables that are set and change what ota-dev does; their values may be secrets, and are not told."""
    names = sorted(name for name in environment if environment[name] and _OWN_VARIABLE.match(name.upper()))
    yield Fact(name="set", value=", ".join(names) or "none")


def keys(environment: Mapping[str, str]) -> Iterator[Fact]:
    """Say which keys are there, and nothing of what they are."""
    yield Fact(name=PRIVATE_KEY_VARIABLE, value="set" if environment.get(PRIVATE_KEY_VARIABLE) else "not set")
    yield Fact(name="test key", value="made" if has_personal_test_key() else "not made yet: serve --sign makes it")


def _dependencies() -> dict[str, bool]:
    """Name what ota-dev requires, each with whether only some systems or versions of Python do."""
    try:
        requirements = [each for each in requires("ota-dev") or () if "extra ==" not in each]
    except PackageNotFoundError:  # It runs from its source tree alone.
        return {}
    return {re.split(r"[^\w.-]", each, maxsplit=1)[0]: ";" in each for each in requirements}


def _dependency(name: str, is_conditional: bool) -> Iterator[Fact]:
    try:
        yield Fact(name=name, value=version(name))
    except PackageNotFoundError:
        if not is_conditional:
            yield Fact(name=name, value="missing", problem=f"{name} is not installed: install ota-dev anew, with pip")


def _stream(stream: TextIO | None) -> str:
    if stream is None:  # under pythonw
        return "closed"
    if not stream.isatty():
        return f"no terminal, {stream.encoding}"
    try:
        size = os.get_terminal_size(stream.fileno())
    except OSError:
        return f"a terminal, {stream.encoding}"
    return f"a terminal of {size.columns} columns and {size.lines} lines, {stream.encoding}"
