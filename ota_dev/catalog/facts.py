"""What is known about one installer, each fact with the place it was read from."""

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

    def over(self, fallback: "Facts") -> "Facts":
        """Fill what is not known here from *fallback*, and warn where the two contradict each other."""
        missing = {name: value for name, value in fallback.known().items() if not getattr(self, name)}
        sources = {name: fallback.sources[name] for name in missing if name in fallback.sources}
        return replace(
            self,
            **missing,
            sources=MappingProxyType({**self.sources, **sources}),
            warnings=(*self.warnings, *fallback.warnings, *self._contradictions(fallback)),
        )

    def _contradictions(self, fallback: "Facts") -> list[str]:
        claimed = fallback.short_version or fallback.version
        own = [text for text in (self.short_version, self.version) if text]
        if claimed and own and all(compare(Version(text), Version(claimed)) for text in own):
            name = "short_version" if self.short_version else "version"
            return [
                f"the {fallback.sources.get('short_version', 'fallback')} says {claimed}, "
                f"the {self.sources.get(name, 'installer')} says {own[0]}: {own[0]} is used"
            ]
        return []


FACT_NAMES = tuple(entry.name for entry in fields(Facts) if entry.name not in ("sources", "warnings"))
