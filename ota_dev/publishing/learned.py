"""What was learned about the files of one folder, in memory and in the store. Reads and writes the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.publishing.publication import PublishedFile
from ota_dev.store import Store

__all__ = ["Learned", "is_still"]


@dataclass(kw_only=True)
class Learned:
    """Values by what they are (`sha256`, `ed25519:<key>`) and by file, for one state of the file.

    Several threads may use it. The worst that can come of it is that a file is read twice.
    """

    folder: Path  # that all the files are in
    store: Store
    _known: dict[str, dict[str, tuple[FileIdentity, str]]] = field(default_factory=dict)  # by what, by path

    def recall(self, file: PublishedFile, what: str) -> str | None:
        """Give what is known of *file*, `None` when nothing is."""
        identity, value = self._known_as(what).get(str(file.path), (None, ""))
        return value if identity == file.identity else None

    def remember(self, learned: Iterable[tuple[PublishedFile, Mapping[str, str]]]) -> None:
        """Remember values of several files, by what they are; at once is by far the fastest."""
        rows = [(file.path, file.identity, values) for file, values in learned]
        for path, identity, values in rows:
            for what, value in values.items():
                self._known_as(what)[str(path)] = identity, value
        self.store.remember_all(rows)

    def _known_as(self, what: str) -> dict[str, tuple[FileIdentity, str]]:
        if what not in self._known:
            self._known[what] = self.store.recall_folder(self.folder, what)
        return self._known[what]


def is_still(file: PublishedFile) -> bool:
    """Say whether *file* is in the state in which it was published."""
    try:
        return FileIdentity.of(file.path.stat()).has_same_bytes_as(file.identity)
    except OSError:
        return False
