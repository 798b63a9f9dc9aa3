"""What is known about one installer, each fact with the place it was read from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version, compare

__all__ = ["Facts"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Facts about one installer; `None` or an empty tuple is "not known", never a guess.

    `version` is what clients compare (on macOS the CFBundleVersion), `short_version` what people read.
    `sources` gives, for each field that is known, the place it was read from, such as `Info.plist`.
    """

    name: str | None = None
    identifier: str | None = None
    version: str | None = None
    short_version: str | None = None
    platform: Platform | None = None
    architectures: tuple[Architecture, ...] = ()
    minimum_os: str | None = None
    publisher: str | None = None
    public_key: str | None = None  # base64 of the 32 bytes of an Ed25519 key
    feed_url: str | None = None
    block_map_size: int | None = None  # bytes of the map of its blocks that an AppImage has at its end
    channel: str | None = None  # that it was built for, unless that is the default one
    release_notes: str | None = None  # in Markdown
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()

    @classmethod
    def read_from(cls, source: str, *, warnings: tuple[str, ...] = (), **known: Any) -> "Facts":
        """Build facts that were all read from *source*; empty values are left out."""
        kept = {name: value for name, value in known.items() if value}
        return cls(**kept, warnings=warnings, sources=MappingProxyType(dict.fromkeys(kept, source)))

    def known(self) -> dict[str, Any]:
        """Give the fields that are known, by name."""
        return {name: value for name in FACT_NAMES if (value := getattr(self, name))}

    @classmethod
    def from_json(cls, text: str) -> "Facts":
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        platform = stored.pop("platform", None)
        return cls(
            platform=Platform(platform) if platform else None,
            architectures=tuple(map(Architecture, stored.pop("architectures", ()))),
            sources=MappingProxyType(stored.pop("sources")),
            warnings=tuple(stored.pop("warnings")),
            **stored,
        )

    def to_json(self) -> str:
        """Write the facts, their sources and warnings as one line of JSON."""
        return json.dumps({**self.known(), "sources": dict(self.sources), "warnings": self.warnings})

    def over(self, fallback: "Facts") -> "Facts":
        """Fill what is not known here from *fallback*; warnings of both are kept."""
        if not self.sources and not self.warnings:
            return fallback
        missing = {name: value for name, value in fallback.known().items() if not getattr(self, name)}
        sources = {name: fallback.sources[name] for name in missing if name in fallback.sources}
        return replace(
            self,
            **missing,
            sources=MappingProxyType({**self.sources, **sources}),
            warnings=(*self.warnings, *fallback.warnings),
        )

    def contradiction(self, other: "Facts") -> str | None:
        """Say in a sentence that *other* gives another version, `None` when it gives the same or none."""
        own, others = self._versions(), other._versions()
        if (
            not own
            or not others
            or own.keys() & others.keys()
            or any(not compare(Version(a), Version(b)) for a in own for b in others)
        ):
            return None
        (version, source), (claimed, claimed_source) = next(iter(own.items())), next(iter(others.items()))
        return f"the {claimed_source} says {claimed}, the {source} says {version}: {version} is used"

    def _versions(self) -> dict[str, str]:
        """Give the version that people read, then the one that clients compare, each with its source."""
        names = [name for name in ("short_version", "version") if getattr(self, name)]
        return {getattr(self, name): self.sources.get(name, "installer") for name in names}


FACT_NAMES = tuple(entry.name for entry in fields(Facts) if entry.name not in ("sources", "warnings"))
