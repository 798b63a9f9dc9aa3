"""The addresses of a feed and of its narrowed forms, as a server answers them and a static host lays them out. Pure.

    [/apps/{app}][/channels/{channel}]/appcast[-{os}[-{arch}]][.{language}].xml

Clients put the prefix of a bucket before `channels/` (`/dev/channels/dev/appcast-macos-aarch64.zh-CN.xml`), so a feed
is recognised by the end of its path.
"""

from collections.abc import Collection
from typing import NamedTuple

__all__ = ["FeedAddress"]


class FeedAddress(NamedTuple):
    """A feed as a URL asks for it, in the URL's own spelling; nothing here is checked against what there is."""

    file: str  # the name of the whole feed, such as `appcast.xml`
    app: str | None = None
    channel: str | None = None
    system: str | None = None
    architecture: str | None = None
    language: str | None = None

    @classmethod
    def read(cls, path: str, files: Collection[str]) -> "FeedAddress | None":
        """Read a percent-decoded path; `None` when it is that of none of *files*."""
        *folders, name = path.removeprefix("/").split("/")
        channel = None
        if folders[-2:-1] == ["channels"]:
            *folders, _, channel = folders
        app = None
        if folders[:1] == ["apps"] and len(folders) > 1:
            _, app, *folders = folders
        if folders and channel is None:
            return None
        for file in sorted(files, key=len, reverse=True):
            if (parts := _narrowed_file(name, file)) is not None:
                return cls(file, app, channel, *parts)
        return None

    @property
    def path(self) -> str:
        """Give the path that leads here, without a slash before it; not percent-encoded."""
        stem, _, suffix = self.file.rpartition(".")
        target = "".join(f"-{part}" for part in (self.system, self.architecture) if part)
        language = f".{self.language}" if self.language else ""
        folders = (
            *(("apps", self.app) if self.app else ()),
            *(("channels", self.channel) if self.channel else ()),
        )
        return "/".join((*folders, f"{stem}{target}{language}.{suffix}"))


def _narrowed_file(name: str, file: str) -> tuple[str | None, str | None, str | None] | None:
    """Give system, architecture and language that *name* narrows *file* to, `None` when it is another file."""
    stem, _, suffix = file.rpartition(".")
    middle = name.removeprefix(stem).removesuffix(f".{suffix}")
    if name != f"{stem}{middle}.{suffix}" or middle[:1] not in ("", "-", "."):
        return None
    target, dot, language = middle.partition(".")
    _, dash, target = target.partition("-")
    system, second_dash, architecture = target.partition("-")
    return system if dash else None, architecture if second_dash else None, language if dot else None
