"""What a client says of itself in a query, in any common spelling. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ota_dev.catalog.languages import named_language, preferred_languages
from ota_dev.catalog.policy_values import channel_name
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.server.update_check.refusals import RefusedError

__all__ = ["Asked"]

_EXAMPLES = {"version": "1.2.0", "platform": "macos", "arch": "arm64"}

_Value = TypeVar("_Value")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What an update is asked for."""

    app: str | None
    version: Version  # the one that the app has
    platform: Platform
    architecture: Architecture
    channel: str | None
    languages: tuple[str, ...]  # for the notes, most wanted first

    @classmethod
    def read(cls, query: Mapping[str, str], accept_language: str = "", *, version: str | None = None) -> "Asked":
        """Read the parameters of a query; *version* stands for one that is missing, the header for `language`.

        Raises:
            RefusedError: parameters are missing or cannot be read; all of them are named.
        """
        query = query if version is None else {"version": version, **query}
        problems = [f"{name} is missing: write {name}={_EXAMPLES[name]}" for name in _EXAMPLES if name not in query]

        def read(name: str, reader: Callable[[str], _Value]) -> _Value | None:
            try:
                return reader(query[name]) if name in query else None
            except ValueError as error:
                problems.append(f"{name}: {error}")
                return None

        current, platform = read("version", _version), read("platform", Platform.named)
        architecture = read("arch", Architecture.named)
        channel, language = read("channel", channel_name), read("language", named_language)
        if problems or current is None or platform is None or architecture is None:
            raise RefusedError(400, "; ".join(problems))
        return cls(
            app=query.get("app"),
            version=current,
            platform=platform,
            architecture=architecture,
            channel=channel,
            languages=(language,) if language else preferred_languages(accept_language),
        )


def _version(text: str) -> Version:
    version = Version.read(text)
    if version is None:
        raise ValueError(f"{text!r} is no version, write one such as 1.3.0")
    return version
