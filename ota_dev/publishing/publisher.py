"""Makes publications of a folder. Reads installers for their digests, and the store."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.delta_matching import match_deltas
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.grouping import group
from ota_dev.catalog.notices import notices
from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.signatures import Signatures
from ota_dev.errors import ConfigurationError
from ota_dev.publishing.chosen_app import choose_app
from ota_dev.publishing.digesting import Digester
from ota_dev.publishing.interface import Signer, StaticFeedSource
from ota_dev.publishing.learned import Learned
from ota_dev.publishing.notes_signer import NotesSigner
from ota_dev.publishing.publication import Publication, PublishedFile, StaticFeed
from ota_dev.publishing.trust import trust_notices
from ota_dev.scan.inside import InsideReader
from ota_dev.scan.interface import FoundDelta, FoundInstaller, Scan, Skipped
from ota_dev.scan.listing import FolderListing
from ota_dev.scan.rules import Rules
from ota_dev.scan.scanner import Scanner
from ota_dev.store import Store

__all__ = ["Publisher"]


@dataclass(kw_only=True)
class Publisher:
    """Makes the publications of one folder, one after another; used by one thread at a time."""

    scanner: Scanner
    digester: Digester
    signer: Signer | None = None
    notes_signer: NotesSigner | None = None  # where feeds link to notes
    app: str | None = None  # publish only this app; a name that none has is given to all installers
    newest: Policy = field(default=NOTHING_SAID)  # over that of the newest release of each app
    static: StaticFeedSource | None = None  # the feed in a file of the folder, where that is served
    _revision: int = 0

    @classmethod
    def of_folder(
        cls,
        folder: Path,
        store: Store,
        *,
        signer: Callable[[Learned], Signer] | None = None,
        sign_notes: Callable[[bytes], str] | None = None,
        app: str | None = None,
        recursive: bool = False,
        follow_links: bool = False,
        version_from: Path | None = None,
        rules: Rules | None = None,
        newest: Policy | None = None,
        static: StaticFeedSource | None = None,
    ) -> "Publisher":
        """Put together what publishes *folder*; *signer* makes what signs it, such as `KeyInForce.file_signer`.

        *sign_notes* signs the pages of notes, for feeds that link to them.
        """
        learned = Learned(folder=folder, store=store)
        scanner = Scanner(
            listing=FolderListing(folder=folder, recursive=recursive, follow_links=follow_links),
            inside=InsideReader(folder=folder, store=store),
            rules=rules or Rules(),
            version_from=version_from,
        )
        return cls(
            scanner=scanner,
            digester=Digester(learned=learned),
            signer=signer(learned) if signer else None,
            notes_signer=NotesSigner(sign=sign_notes) if sign_notes else None,
            app=app,
            newest=newest or Policy(),
            static=static,
        )

    @property
    def folder(self) -> Path:
        """Give the folder that is published."""
        return self.scanner.listing.folder

    def concerns(self, path: Path) -> bool:
        """Say whether a change of this path can change what is on offer."""
        is_static = self.static is not None and self.static.concerns(path, self.scanner.listing)
        return is_static or self.scanner.concerns(path)

    def publish(self, changed: frozenset[Path] | None = None) -> Publication:
        """Look at the folder, or only at the *changed* paths in it, and publish what is there, as yet without digests.

        Raises:
            PublishingError: the folder cannot be listed.
            ConfigurationError: the version file that was asked for cannot be used, or the policy of the newest
                release contradicts itself.
        """
        scan = self.scanner.scan(changed)
        catalog = group(found.artifact for found in scan.installers)
        catalog, reasons = match_deltas(catalog, {delta.name: delta.identity.size for delta in scan.deltas})
        catalog, others = choose_app(catalog, self.app)
        catalog = self._with_newest(catalog)
        astray = (Skipped(name=name, reason=reason) for name, reason in reasons.items())
        files = _files(catalog, scan)
        static = self.static.read(self.scanner.listing, files) if self.static else None
        self._revision += 1
        return Publication(
            revision=self._revision,
            catalog=catalog,
            files=MappingProxyType({**files, **(static.files if static else {})}),
            skipped=(*scan.skipped, *others, *astray),
            notices=(
                *scan.notices,
                *notices(catalog),
                *trust_notices(catalog, self.signer.public_key if self.signer else None),
                *(static.notices if static else ()),
            ),
            other_files=scan.other_files,
            static_feed=static.feed if static else None,
        )

    def nothing(self, reason: str) -> Publication:
        """Publish nothing, and say why."""
        self._revision += 1
        return Publication(
            revision=self._revision,
            catalog=Catalog(),
            files=MappingProxyType({}),
            notices=(reason,),
            static_feed=StaticFeed(problem=reason) if self.static else None,
        )

    def complete(
        self, publication: Publication, required: frozenset[str], progress: Callable[[int], None] = lambda _: None
    ) -> Publication:
        """Add to *publication* all without which its feeds cannot be written: signatures, and the *required* digests.

        A file that cannot be read to its end gets none, and a notice says why. *progress* is given bytes just read.
        """
        if self.signer:
            publication = self._with_signatures(publication, self.signer, progress)
        if self.notes_signer:
            publication = replace(publication, catalog=self.notes_signer.with_signatures(publication.catalog))
        return self.with_digests(publication, required, progress) if required else publication

    def incomplete_bytes(self, publication: Publication, required: frozenset[str]) -> int:
        """Say how many bytes `complete` has to read."""
        unsigned = self.signer.unread_bytes(publication.files) if self.signer else 0
        return unsigned + self.digester.unread_bytes(publication.files, sorted(required))

    def with_digests(
        self, publication: Publication, algorithms: frozenset[str], progress: Callable[[int], None] = lambda _: None
    ) -> Publication:
        """Add digests to every artifact of *publication*; only files whose digests nobody remembers are read.

        A file that cannot be read to its end gets none, and a notice says why. *progress* is given bytes just read.
        """
        digests, problems = self.digester.digests_of(publication.files, sorted(algorithms), progress)
        catalog = publication.catalog.with_each(lambda artifact: artifact.with_digests(digests))
        notices = dict.fromkeys((*publication.notices, *problems))
        return replace(publication, catalog=catalog, notices=tuple(notices))

    def _with_signatures(
        self, publication: Publication, signer: Signer, progress: Callable[[int], None]
    ) -> Publication:
        signatures, problems = signer.signatures_of(publication.files, progress)

        def of(file: Artifact | Delta) -> Signatures:
            return signatures.get(file.download_name, Signatures())

        catalog = publication.catalog.with_each(lambda artifact: artifact.signed(of))
        notices = dict.fromkeys((*publication.notices, *problems))
        return replace(publication, catalog=catalog, notices=tuple(notices))

    def _with_newest(self, catalog: Catalog) -> Catalog:
        apps = tuple(app.with_newest(self.newest) for app in catalog.apps)
        newest = (artifact for app in apps if app.newest for artifact in app.newest.artifacts)
        problems = [f"{a.download_name}: {problem}" for a in newest for problem in a.policy_in_force.contradictions()]
        if problems:
            raise ConfigurationError(*problems)
        return Catalog(apps=apps)


def _files(catalog: Catalog, scan: Scan) -> dict[str, PublishedFile]:
    """Give the files that are on offer, by download name."""
    offered = {name for artifact in catalog for name in artifact.download_names}
    found = {each.artifact.download_name: _published(each, each.artifact.kind.media_type) for each in scan.installers}
    found |= {delta.name: _published(delta, Delta.media_type) for delta in scan.deltas}
    return {name: file for name, file in found.items() if name in offered}


def _published(found: FoundInstaller | FoundDelta, media_type: str) -> PublishedFile:
    return PublishedFile(path=found.path, identity=found.identity, media_type=media_type)
