"""Tauri's order of versions: that of Rust's crate `semver`, every leading `v` taken off. Pure."""

from ota_dev.simulated_client.semantic_versions import SemanticVersion, compare_as_rust, read_as_rust

__all__ = ["compare", "read_version"]


def compare(a: str, b: str) -> int:
    """Compare two versions."""
    return compare_as_rust(a.lstrip("v"), b.lstrip("v"))


def read_version(text: str) -> SemanticVersion | None:
    """Read the version of a feed, `None` when it is none."""
    return read_as_rust(text.lstrip("v"))
