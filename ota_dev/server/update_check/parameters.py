"""What a client says of itself in a query, in any common spelling. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.catalog.languages import preferred_languages
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.server.update_check.refusals import RefusedError

__all__ = ["Asked"]

_LONGEST_SHOWN = 40  # characters
_EXPECTED = {
    "version": "the version that the app has, such as 1.2.0",
    "platform": "macos, windows or linux",
    "arch": "arm64, x86_64, x86 or arm",
}


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
    def read(cls, query: Mapping[str, str], accept_language: str = "", *, version: str = "") -> "Asked":
        """Read the parameters of a query; *version* stands for one that is missing, `language` before the header.

        Raises:
            RefusedError: a version, platform or architecture is missing or is none; all of them are named.
        """
        current = Version.read(query.get("version", version))
        platform = Platform.parse(query.get("platform", ""))
        architecture = Architecture.parse(query.get("arch", ""))
        is_unusable = {
            "version": current is None,
            "platform": platform is Platform.UNKNOWN,
            "arch": architecture is Architecture.UNKNOWN,
        }
        problems = [_problem(name, query.get(name)) for name, is_so in is_unusable.items() if is_so]
        if problems or current is None:
            raise RefusedError(400, "; ".join(problems))
        own_language = (query["language"],) if "language" in query else ()
        return cls(
            app=query.get("app"),
            version=current,
            platform=platform,
            architecture=architecture,
            channel=query.get("channel"),
            languages=(*own_language, *preferred_languages(accept_language)),
        )


def _problem(name: str, given: str | None) -> str:
    said = f"{name} is missing" if given is None else f"{given[:_LONGEST_SHOWN]!r} is no {name}"
    return f"{said}: give {_EXPECTED[name]}"
