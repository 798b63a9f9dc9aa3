"""The signatures of one file, in each form that clients want. Pure values."""

from dataclasses import dataclass

__all__ = ["Signatures"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatures:
    """What a file is signed with; `None` where there is no such signature."""

    ed25519: str | None = None  # base64 of 64 bytes, over the whole file
    minisign: str | None = None  # in base64, as in a `.sig` file of Tauri's; an empty text is written as it is
