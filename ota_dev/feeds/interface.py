"""What every feed format offers to the rest of the house, which knows none of them by name.

A format is a folder here and an entry in `formats`. It says which names of files are its own and what each narrows
the feed to, and renders an app that is narrowed already; who asks, and over what, is not its concern.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO, Protocol
from urllib.parse import quote

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.releases import App
from ota_dev.catalog.versions import Version

__all__ = ["EVERYTHING", "Alternate", "Companion", "Feed", "FeedFile", "FeedFormat", "FeedName", "Links", "Question"]


Companion = Callable[[BinaryIO], bytes]  # what is computed from an installer, such as a map of its blocks


@dataclass(frozen=True, slots=True)
class Links:
    """Where what a feed links to is found."""

    downloads: str  # absolute URL, ending in "/"
    notes: str | None = None  # absolute URL, ending in "/"; `None` where notes stand in the feed itself

    def download(self, name: str) -> str:
        """Give the absolute, percent-encoded URL of the installer with this download name."""
        return self.downloads + quote(name)

    def note(self, name: str) -> str:
        """Give the absolute, percent-encoded URL of a page of notes; an empty text where notes stand in the feed."""
        return self.notes + quote(name) if self.notes else ""


@dataclass(frozen=True, slots=True)
class Alternate:
    """An installer that a feed leaves out because it offers another one of the same version for the same target."""

    left_out: Artifact
    chosen: Artifact


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFormat:
    """What holds for every feed of a format."""

    name: str  # for people and for `--format`, such as `appcast`
    file_name: str  # of the feed that a client asks for first, such as `appcast.xml`
    media_type: str  # with its charset, as it stands in `Content-Type`
    media_types: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # of forms with their own
    form_parameter: str | None = None  # of the query; its value goes behind the form that the name says
    takes_signature_block: bool = False  # at its end, as Sparkle 2.9 reads it
    has_signature_file: bool = False  # beside it, as NetSparkle reads it
    lists_deltas: bool = False  # with digests of their own
    companions: Mapping[str, Companion] = field(  # of installers, by what the name has more than the installer's
        default_factory=lambda: MappingProxyType({})
    )
    without_companion: str = ""  # what clients do then, in a sentence

    def media_type_of(self, form: str) -> str:
        """Give the media type of one form of the feed."""
        return self.media_types.get(form, self.media_type)


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedName:
    """What the name of a feed says, in the URL's own spelling; nothing here is checked against what there is."""

    system: str | None = None
    architecture: str | None = None
    channel: str | None = None  # where the name and not a folder says it
    language: str | None = None
    host_version: str | None = None  # what the app that asks has, where a feed is answered to that
    form: str = ""  # which of its forms, in the format's own word; empty where it has one alone


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked of a feed, beside the app, which is narrowed already."""

    narrowing: Narrowing = field(default_factory=Narrowing)  # only its target may be looked at: the app has the rest
    form: str = ""
    host_version: Version | None = None


EVERYTHING = Question()


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFile:
    """A feed as a file, where there is nobody to answer a question."""

    paths: tuple[str, ...]  # below the folder of the app, one for each spelling that clients use
    question: Question
    beside: tuple[str, ...] = ()  # the download names that clients look for in the folder of the feed itself


class Feed(Protocol):
    """One feed format, such as the appcast. Pure: the same arguments give the same result."""

    @property
    def format(self) -> FeedFormat:
        """Give what holds for every feed of this format."""

    @property
    def required_digests(self) -> frozenset[str]:
        """Name the digest algorithms that this feed prints, so that nobody waits for any other."""

    def read_name(self, name: str) -> FeedName | None:
        """Read the name of a file, or the last parts of a path; `None` when it is not that of such a feed."""

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the feeds that somebody should know of; of an app without installers there may be none."""

    def files(self, app: App, channels: Sequence[str] = (), languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give every feed that a static host needs, those of `file_names` too, also for these channels and languages.

        A form that is answered to the version of who asks cannot be a file, and is left out.
        """

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers that this feed offers, in its order: newest build first."""

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers that this feed leaves out, and for which."""

    def problems(self, app: App) -> tuple[str, ...]:
        """Say, a sentence each, what keeps clients of this feed from an update that is in the folder."""

    def render(self, app: App, links: Links, question: Question = EVERYTHING) -> bytes | None:
        """Render one app's releases; `None` is no content, the way in which some clients hear of no update."""
