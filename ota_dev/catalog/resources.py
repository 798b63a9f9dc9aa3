"""What an update client asks a server for, step by step. Pure."""

from enum import StrEnum

__all__ = ["SIGNATURE_SUFFIX", "Resource"]

SIGNATURE_SUFFIX = ".signature"  # of a feed, behind its whole address or file name, as NetSparkle looks for it


class Resource(StrEnum):
    """A kind of thing that is asked for; also what a fault may strike."""

    FEED = "feed"
    SIGNATURE = "signature"  # of a feed, in a file of its own
    NOTES = "notes"
    DOWNLOAD = "download"
