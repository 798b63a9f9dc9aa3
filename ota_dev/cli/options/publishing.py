"""Options that several commands share, each with its help, default and environment variable in one place."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "App",
    "BaseUrl",
    "Dir",
    "FollowLinks",
    "Key",
    "NoCache",
    "Notes",
    "NotesPlace",
    "Poll",
    "Quiet",
    "Recursive",
    "SignFeed",
    "Template",
    "Verbose",
    "VersionFrom",
]


class NotesPlace(StrEnum):
    """Where release notes are."""

    EMBED = "embed"
    LINK = "link"


Dir = Annotated[Path, typer.Option("--dir", envvar="OTA_DEV_DIR", help="The folder of installers.", file_okay=False)]
Recursive = Annotated[
    bool, typer.Option("--recursive", envvar="OTA_DEV_RECURSIVE", help="Also look into the folder's subfolders.")
]
FollowLinks = Annotated[
    bool,
    typer.Option(
        "--follow-links", envvar="OTA_DEV_FOLLOW_LINKS", help="Follow symbolic links that lead out of the folder."
    ),
]
App = Annotated[
    str | None,
    typer.Option(
        "--app",
        envvar="OTA_DEV_APP",
        help="Publish only this app of those in the folder; a name that none has is given to all installers.",
    ),
]
VersionFrom = Annotated[
    Path | None,
    typer.Option(
        "--version-from",
        envvar="OTA_DEV_VERSION_FROM",
        help="A text file with the version of installers that say none. [default: VERSION in the folder or beside it]",
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template", envvar="OTA_DEV_TEMPLATE", help="Your own Jinja2 template for the appcast.", dir_okay=False
    ),
]
Notes = Annotated[
    NotesPlace,
    typer.Option("--notes", envvar="OTA_DEV_NOTES", help="Put release notes into the feed, or link to them."),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", envvar="OTA_DEV_BASE_URL", help="The URL that the feed's links begin with."),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="The file with the key, in any form that clients use; - is standard input.",
        show_default="the key itself in OTA_DEV_PRIVATE_KEY",
    ),
]
SignFeed = Annotated[
    bool,
    typer.Option("--sign-feed", envvar="OTA_DEV_SIGN_FEED", help="Sign the feed as a whole, for Sparkle 2.9."),
]
Poll = Annotated[
    bool, typer.Option("--poll", envvar="OTA_DEV_POLL", help="Look at the folder every second; for network drives.")
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", envvar="OTA_DEV_NO_CACHE", help="Remember nothing about installers between runs.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what may be wrong.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say everything: each notice, and where each version comes from.")
]
