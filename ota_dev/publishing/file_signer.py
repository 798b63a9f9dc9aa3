"""Signatures of what is published, made once for each key and remembered. Reads installers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ota_dev.publishing.learned import Learned, is_still
from ota_dev.publishing.publication import PublishedFile
from ota_dev.signing import PrivateKey, UnsignedFile, sign_files

__all__ = ["FileSigner"]

Files = Mapping[str, PublishedFile]  # by download name

# It takes no time of its own beside the signature, and whoever needs it later need not read the file again.
_BESIDE = ("sha256",)


@dataclass(frozen=True, kw_only=True)
class FileSigner:
    """Signs published files; only what nobody remembers is read."""

    learned: Learned
    key: PrivateKey

    def signatures_of(self, files: Files, progress: Callable[[int], None]) -> tuple[dict[str, str], list[str]]:
        """Give the signatures of *files* by download name, and a sentence for each that has none.

        *progress* is given the bytes of each file that was just signed.
        """
        problems = self._sign(self._unsigned(files), progress)
        found = {name: self.learned.recall(file, self._what) for name, file in files.items()}
        return {name: signature for name, signature in found.items() if signature}, problems

    def unread_bytes(self, files: Files) -> int:
        """Say how many bytes `signatures_of` has to read."""
        return sum(file.identity.size for file in self._unsigned(files))

    @property
    def public_key(self) -> str:
        """Give the public half of the key in base64."""
        return self.key.public_key.base64

    @property
    def _what(self) -> str:
        return f"ed25519:{self.public_key}"

    def _unsigned(self, files: Files) -> list[PublishedFile]:
        return [file for file in files.values() if self.learned.recall(file, self._what) is None]

    def _sign(self, files: list[PublishedFile], progress: Callable[[int], None]) -> list[str]:
        if not files:
            return []
        problems = []
        signed = []
        try:
            results = sign_files([file.path for file in files], self.key, _BESIDE)
            for file, result in zip(files, results, strict=True):
                if isinstance(result, UnsignedFile):
                    problems.append(str(result.error))
                elif not is_still(file):
                    problems.append(f"{file.path} changed while it was signed: its signature follows once it settles")
                else:
                    digests = {algorithm: digest.hex() for algorithm, digest in result.digests.items()}
                    signed.append((file, {self._what: result.signature, **digests}))
                progress(file.identity.size)
        finally:
            # However this ends, what has been signed need not be read again.
            self.learned.remember(signed)
        return problems
