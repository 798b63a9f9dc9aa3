"""Digests of what is published, read once and remembered in the store. Reads installers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.hashing import HashedFile, UnhashedFile, digest_files
from ota_dev.publishing.publication import PublishedFile
from ota_dev.store import Store

__all__ = ["Digester"]

Digests = dict[str, dict[str, str]]  # by download name: by algorithm, in lower-case hex
Files = Mapping[str, PublishedFile]


@dataclass(kw_only=True)
class Digester:
    """Gives the digests of published files; only what nobody remembers is read."""

    folder: Path  # that all the files are in
    store: Store
    algorithms: Sequence[str]

    def digests_of(self, files: Files, progress: Callable[[int], None]) -> tuple[Digests, list[str]]:
        """Give the digests of *files*, and a sentence for each that has none; *progress* is given bytes just read."""
        digests = self._recall(files)
        unread = self._unread(files, digests)
        paths = [files[name].path for name in unread]
        problems = []
        for name, result in zip(unread, digest_files(paths, self.algorithms, progress), strict=True):
            if problem := _problem(result, files[name]):
                problems.append(problem)
            elif isinstance(result, HashedFile):
                digests[name] = {algorithm: digest.hex() for algorithm, digest in result.digests.items()}
                self.store.remember(files[name].path, files[name].identity, digests[name])
        return digests, problems

    def unread_bytes(self, files: Files) -> int:
        """Say how many bytes `digests_of` has to read."""
        return sum(files[name].identity.size for name in self._unread(files, self._recall(files)))

    def _unread(self, files: Files, digests: Digests) -> list[str]:
        return [name for name in files if len(digests[name]) < len(self.algorithms)]

    def _recall(self, files: Files) -> Digests:
        digests: Digests = {name: {} for name in files}
        for algorithm in self.algorithms:
            recalled = self.store.recall_folder(self.folder, algorithm)
            for name, file in files.items():
                identity, digest = recalled.get(str(file.path), (None, ""))
                if identity == file.identity:
                    digests[name][algorithm] = digest
        return digests


def _problem(result: HashedFile | UnhashedFile, file: PublishedFile) -> str | None:
    if isinstance(result, UnhashedFile):
        return str(result.error)
    if not FileIdentity.of(file.path.stat()).has_same_bytes_as(file.identity):
        return f"{file.path} changed while it was read: its digest is computed once it has settled"
    return None
