"""Digests of what is published, read once and remembered in the store. Reads installers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.hashing import HashedFile, UnhashedFile, digest_files
from ota_dev.publishing.publication import PublishedFile
from ota_dev.store import Store

__all__ = ["Digester"]

Digests = dict[str, dict[str, str]]  # by download name: by algorithm, in lower-case hex
Files = Mapping[str, PublishedFile]  # by download name


@dataclass(kw_only=True)
class Digester:
    """Gives the digests of published files; only what nobody remembers is read.

    Several threads may use it. The worst that can come of it is that a file is read twice.
    """

    folder: Path  # that all the files are in
    store: Store
    _known: dict[str, dict[str, tuple[FileIdentity, str]]] = field(default_factory=dict)  # by algorithm, by path

    def digests_of(
        self, files: Files, algorithms: Sequence[str], progress: Callable[[int], None]
    ) -> tuple[Digests, list[str]]:
        """Give the digests of *files*, and a sentence for each that has none; *progress* is given bytes just read."""
        problems = self._read(self._unread(files, algorithms), algorithms, progress)
        return {name: self._recall(file, algorithms) for name, file in files.items()}, problems

    def unread_bytes(self, files: Files, algorithms: Sequence[str]) -> int:
        """Say how many bytes `digests_of` has to read."""
        return sum(file.identity.size for file in self._unread(files, algorithms))

    def _unread(self, files: Files, algorithms: Sequence[str]) -> list[PublishedFile]:
        return [file for file in files.values() if len(self._recall(file, algorithms)) < len(algorithms)]

    def _recall(self, file: PublishedFile, algorithms: Sequence[str]) -> dict[str, str]:
        found = {algorithm: self._known_by(algorithm).get(str(file.path), (None, "")) for algorithm in algorithms}
        return {algorithm: digest for algorithm, (identity, digest) in found.items() if identity == file.identity}

    def _known_by(self, algorithm: str) -> dict[str, tuple[FileIdentity, str]]:
        if algorithm not in self._known:
            self._known[algorithm] = self.store.recall_folder(self.folder, algorithm)
        return self._known[algorithm]

    def _read(
        self, files: Sequence[PublishedFile], algorithms: Sequence[str], progress: Callable[[int], None]
    ) -> list[str]:
        problems = []
        learned = []
        try:
            results = digest_files([file.path for file in files], algorithms, progress)
            for file, result in zip(files, results, strict=True):
                if isinstance(result, UnhashedFile):
                    problems.append(str(result.error))
                elif not _is_still(file):
                    problems.append(f"{file.path} changed while it was read: its digest follows once it has settled")
                else:
                    learned.append((file, result))
        finally:
            # However this ends, what has been read need not be read again; at once is by far the fastest.
            self._remember(learned)
        return problems

    def _remember(self, learned: Iterable[tuple[PublishedFile, HashedFile]]) -> None:
        rows = []
        for file, result in learned:
            digests = {algorithm: digest.hex() for algorithm, digest in result.digests.items()}
            rows.append((file.path, file.identity, digests))
            for algorithm, digest in digests.items():
                self._known_by(algorithm)[str(file.path)] = file.identity, digest
        self.store.remember_all(rows)


def _is_still(file: PublishedFile) -> bool:
    try:
        return FileIdentity.of(file.path.stat()).has_same_bytes_as(file.identity)
    except OSError:
        return False
