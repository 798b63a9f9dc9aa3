"""Appcast templates: the one that ships with ota-dev, and a user's own.

Compiles and renders Jinja2, and explains what is wrong with a template by its name and line. Reads the shipped
template from the package, once; the text of a user's own is handed in.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes

from ota_dev.errors import ConfigurationError
from ota_dev.feeds.appcast.items import DIGESTS, AppcastApp, AppcastItem

__all__ = ["AppcastTemplate", "shipped_template"]

_SHIPPED = "appcast.xml.j2"
_VALUES_PER_PIECE = 1_000
_DOCUMENT = "docs/how-to/appcast-template.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastTemplate:
    """A compiled template."""

    name: str  # as errors give it: the file it came from
    digests: frozenset[str]  # the algorithms whose digests it prints
    compiled: Template

    @classmethod
    def parse(cls, text: str, name: str) -> "AppcastTemplate":
        """Compile a template's *text*.

        Raises:
            ConfigurationError: it is no Jinja2.
        """
        with _explained(name):
            tree = _environment().parse(text.removeprefix("\ufeff"), name, name)
            digests = _mentioned_digests(tree)
            code = _environment().compile(tree, name, name)
        compiled = Template.from_code(_environment(), code, dict(_environment().globals))
        return cls(name=name, digests=digests, compiled=compiled)

    def render(self, app: AppcastApp, items: tuple[AppcastItem, ...]) -> bytes:
        """Render the feed as UTF-8 without a byte order mark.

        Raises:
            ConfigurationError: the template fails on these values.
        """
        with _explained(self.name):
            # The garbage collector walks every printed value that is still alive, so joining early halves the time.
            pieces = self.compiled.stream(app=app, items=items)
            pieces.enable_buffering(_VALUES_PER_PIECE)
            return "".join(pieces).encode()


@cache
def shipped_template() -> AppcastTemplate:
    """Give the template that ships with ota-dev, compiled on first use."""
    return AppcastTemplate.parse(files(__package__).joinpath(_SHIPPED).read_text("utf-8"), _SHIPPED)


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _mentioned_digests(tree: nodes.Template) -> frozenset[str]:
    """Find `item.sha256`, `item["sha256"]` and `map(attribute="sha256")` alike; one too many costs only time."""
    attributes = {node.attr for node in tree.find_all(nodes.Getattr)}
    texts = {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return DIGESTS & (attributes | texts)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn whatever a template raises into the error that names its file and line."""
    try:
        yield
    except Exception as error:
        line = _line(error, name)
        place = f"{name}, line {line}" if line else name
        raise ConfigurationError(f"{place}: the template cannot be used: {_reason(error)}") from error


def _line(error: Exception, name: str) -> int | None:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    # Jinja2 rewrites the traceback, so that its frames name the template's own file and lines.
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == name]
    return lines[-1] if lines else None


def _reason(error: Exception) -> str:
    reason = " ".join(str(error.message if isinstance(error, TemplateSyntaxError) else error).split())
    return f"{reason} ({_DOCUMENT} lists what there is)" if isinstance(error, UndefinedError) else reason
