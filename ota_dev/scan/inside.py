"""What is inside the installers of a folder, read once and remembered in the store. Reads installers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.reading import read_installer
from ota_dev.operating_system import open_for_writing
from ota_dev.scan.listing import Candidate
from ota_dev.store import Store

__all__ = ["InsideReader"]

FACTS = "facts/3"  # in the store; the number goes up whenever a reader learns something new


@dataclass(kw_only=True)
class InsideReader:
    """Reads what installers say of themselves; used by one thread at a time."""

    folder: Path  # that all the installers are in
    store: Store
    read_installer: Callable[[Path], Facts] = read_installer
    _new: dict[Path, tuple[FileIdentity, str]] = field(default_factory=dict)  # not in the store yet

    def read(self, candidate: Candidate) -> Facts:
        """Give what an installer says of itself; one that cannot be understood says so in a warning, and nothing else.

        Raises:
            IncompleteInstallerError: it is still being written, or cut short.
            OSError: it cannot be opened.
        """
        facts = self._recall(candidate)
        if facts is None:
            facts = self._read_whole(candidate)
            self._remembered[str(candidate.path)] = self._new[candidate.path] = candidate.identity, facts.to_json()
        return facts

    def save(self) -> None:
        """Put what was read since the last time into the store, which is by far the fastest at once."""
        self.store.remember_all((path, identity, {FACTS: text}) for path, (identity, text) in self._new.items())
        self._new.clear()

    @cached_property
    def _remembered(self) -> dict[str, tuple[FileIdentity, str]]:
        return self.store.recall_folder(self.folder, FACTS)

    def _recall(self, candidate: Candidate) -> Facts | None:
        identity, text = self._remembered.get(str(candidate.path), (None, ""))
        try:
            return Facts.from_json(text) if identity == candidate.identity else None
        except (AttributeError, KeyError, TypeError, ValueError):  # another version of ota-dev wrote other facts
            return None

    def _read_whole(self, candidate: Candidate) -> Facts:
        # What cannot be opened cannot be offered either, whatever its name says.
        candidate.path.open("rb").close()
        # The question must come before the reading: a writer that begins after it shows in the identity.
        if open_for_writing(candidate.path):
            raise IncompleteInstallerError("it is still being written, and is offered once it is complete")
        try:
            facts = self.read_installer(candidate.path)
        except IncompleteInstallerError:
            raise
        except InstallerError as error:
            facts = Facts(warnings=(f"{error}; only its file name is used",))
        if FileIdentity.of(candidate.path.stat()) != candidate.identity:
            raise IncompleteInstallerError("it changed while it was read, and is offered once it holds still")
        return facts
