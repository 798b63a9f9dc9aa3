"""The texts and lists of texts at the top level of a `snap.yaml`; pure.

Enough for what snapcraft writes. Not a YAML reader, which would take `version: 1.10` for the number 1.1, and could be
made to work without end.
"""

import re

__all__ = ["top_level_texts"]

_KEY = re.compile(r"(?P<key>[a-z][a-z-]*):(?: +(?P<value>.*))?")
_ITEM = re.compile(r" *- +(?P<value>.*)")
_COMMENT = r" *(?: #.*)?"
_LIST = re.compile(rf"\[(?P<items>[^\[\]]*)\]{_COMMENT}")
_QUOTED = re.compile(rf"(?P<quote>['\"])(?P<text>.*?)(?P=quote){_COMMENT}")


def top_level_texts(yaml: str) -> dict[str, list[str]]:
    """Read the values of the keys at the top level, each as the list of its texts; other values are as they fall."""
    values: dict[str, list[str]] = {}
    of_last_key: list[str] = []
    for line in yaml.splitlines():
        if match := _KEY.fullmatch(line):
            of_last_key = values[match["key"]] = _texts(match["value"] or "")
        elif match := _ITEM.fullmatch(line):
            of_last_key += _texts(match["value"])
    return values


def _texts(value: str) -> list[str]:
    """Read a text, in quotes or not, or a list such as `[amd64, arm64]`."""
    if match := _LIST.fullmatch(value):
        return [text for item in match["items"].split(",") for text in _texts(item.strip())]
    if match := _QUOTED.fullmatch(value):
        return [match["text"].replace("''", "'") if match["quote"] == "'" else match["text"]]
    text = value.partition(" #")[0].strip()
    return [text] if text else []
