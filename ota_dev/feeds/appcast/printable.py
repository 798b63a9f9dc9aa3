"""Text that may stand in a feed, whoever wrote it.

It removes what XML forbids and what disguises text; escaping is the template's business.
"""

import re

__all__ = ["xml_text"]

# Control characters, Unicode's Bidi_Control, half surrogate pairs, and two code points that XML 1.0 forbids.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]",
)


def xml_text(text: str) -> str:
    """Remove what must not stand in a feed, and white space at the ends, which WinSparkle takes for part of a version.

    Line breaks and tabs are removed too: an attribute cannot hold them, and no value of an appcast has several lines.
    """
    safe = text if text.isprintable() else _UNSAFE.sub("", text)
    return safe.strip()
