"""Digests of what is published, read once and remembered. Reads installers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ota_dev.hashing import UnhashedFile, digest_files
from ota_dev.publishing.learned import Learned, is_still
from ota_dev.publishing.publication import PublishedFile

__all__ = ["Digester"]

Digests = dict[str, dict[str, str]]  # by download name: by algorithm, in lower-case hex
Files = Mapping[str, PublishedFile]  # by download name


@dataclass(frozen=True, kw_only=True)
class Digester:
    """Gives the digests of published files; only what nobody remembers is read."""

    learned: Learned

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
        found = {algorithm: self.learned.recall(file, algorithm) for algorithm in algorithms}
        return {algorithm: digest for algorithm, digest in found.items() if digest}

    def _read(
        self, files: Sequence[PublishedFile], algorithms: Sequence[str], progress: Callable[[int], None]
    ) -> list[str]:
        problems = []
        read = []
        try:
            results = digest_files([file.path for file in files], algorithms, progress)
            for file, result in zip(files, results, strict=True):
                if isinstance(result, UnhashedFile):
                    problems.append(str(result.error))
                elif not is_still(file):
                    problems.append(f"{file.path} changed while it was read: its digest follows once it has settled")
                else:
                    read.append((file, {algorithm: digest.hex() for algorithm, digest in result.digests.items()}))
        finally:
            # However this ends, what has been read need not be read again.
            self.learned.remember(read)
        return problems
