"""The rules by which Velopack refuses assets. Pure.

Source: the client for Python of Velopack 1.2, observed. It passes over what it cannot use without a word; a size or a
digest that is missing shows after the download.
"""

from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import Rule, quoted
from ota_dev.simulated_client.semantic_versions import read_as_rust
from ota_dev.simulated_client.velopack.seen_asset import SeenAsset

__all__ = ["AFTER_DOWNLOAD", "RULES"]


def _type(asset: SeenAsset, _: Profile) -> str:
    if asset.type.lower() == "full":
        return ""
    if asset.type.lower() == "delta":
        return "is a delta, which only helps to make the full package"
    return f"has the Type {quoted(asset.type)}, and only Full is offered" if asset.type else "has no Type, such as Full"


def _version(asset: SeenAsset, _: Profile) -> str:
    return "" if read_as_rust(asset.version) else "is no semantic version, and passed over without a word"


def _size(asset: SeenAsset, _: Profile) -> str:
    return "" if asset.size > 0 else "has no Size, which reads as 0: no file has that after the download"


def _file_name(asset: SeenAsset, _: Profile) -> str:
    return "" if asset.file_name else "has no FileName"


def _digest(asset: SeenAsset, _: Profile) -> str:
    return "" if asset.sha256 or asset.sha1 else "has neither SHA256 nor SHA1: refused after the download"


RULES: tuple[Rule[SeenAsset], ...] = (Rule("type", _type), Rule("version", _version))
# Of the one that is chosen; there is no second choice.
AFTER_DOWNLOAD: tuple[Rule[SeenAsset], ...] = (
    Rule("file-name", _file_name),
    Rule("size", _size),
    Rule("digest", _digest),
)
