"""What is inside the installers of a folder, read once and remembered in the store. Reads installers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.reading import read_installer
from ota_dev.operating_system import open_for_writing
from ota_dev.scan.listing import Candidate
from ota_dev.store import Store

__all__ = ["InsideReader"]

FACTS = "facts/1"  # in the store; the number goes up whenever a reader learns something new


@dataclass(kw_only=True)
class InsideReader:
    """Reads what installers say of themselves; used by one thread at a time."""

    store: Store
    _remembered: Mapping[str, tuple[FileIdentity, str]] = field(default_factory=dict)

    def recall(self, folder: Path) -> None:
        """Recall at once what the store knows of all installers in *folder*."""
        self._remembered = self.store.recall_folder(folder, FACTS)

    def read(self, candidate: Candidate) -> Facts:
        """Give what an installer says of itself; one that cannot be read says so in a warning, and nothing else.

        Raises:
            IncompleteInstallerError: it is still being written, or cut short.
            OSError: it cannot be opened.
        """
        identity, stored = self._remembered.get(str(candidate.path), (None, ""))
        if identity == candidate.identity:
            return Facts.from_json(stored)
        facts = self._read_whole(candidate)
        self.store.remember(candidate.path, candidate.identity, {FACTS: facts.to_json()})
        return facts

    def _read_whole(self, candidate: Candidate) -> Facts:
        # The question must come first: a writer that begins after it shows in the identity.
        if open_for_writing(candidate.path):
            raise IncompleteInstallerError("it is still being written")
        try:
            facts = read_installer(candidate.path)
        except IncompleteInstallerError:
            raise
        except InstallerError as error:
            facts = Facts(warnings=(f"{error}; only its file name is used",))
        if FileIdentity.of(candidate.path.stat()) != candidate.identity:
            raise IncompleteInstallerError("it changed while it was read")
        return facts
