"""Processor architectures as packages of Windows and Linux spell them; pure."""

from ota_dev.catalog.targets import Architecture

__all__ = ["architectures"]

_INDEPENDENT = ("all", "any", "noarch", "neutral")


def architectures(*spellings: str) -> tuple[Architecture, ...]:
    """Give the architectures that are known, each once; a package for every one is `UNIVERSAL`."""
    known = (_architecture(spelling.strip().lower()) for spelling in spellings)
    return tuple(dict.fromkeys(architecture for architecture in known if architecture is not Architecture.UNKNOWN))


def _architecture(spelling: str) -> Architecture:
    return Architecture.UNIVERSAL if spelling in _INDEPENDENT else Architecture.parse(spelling)
