"""Signatures of what is published, made once for each key and remembered. Reads installers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ota_dev.catalog.signatures import Signatures
from ota_dev.publishing.learned import Learned, is_still
from ota_dev.publishing.publication import PublishedFile
from ota_dev.signing import PrivateKey, SignedFile, UnsignedFile, sign_files, sign_minisign

__all__ = ["FileSigner"]

Files = Mapping[str, PublishedFile]  # by download name

# They take no time of their own beside the signature: the one is what minisign signs, and whoever needs the other later
# need not read the file again.
_SIGNED_DIGEST = "blake2b"
_BESIDE = (_SIGNED_DIGEST, "sha256")


@dataclass(frozen=True, kw_only=True)
class FileSigner:
    """Signs published files; only what nobody remembers is read."""

    learned: Learned
    key: PrivateKey

    def signatures_of(self, files: Files, progress: Callable[[int], None]) -> tuple[dict[str, Signatures], list[str]]:
        """Give the signatures of *files* by download name, and a sentence for each that has none.

        *progress* is given the bytes of each file that was just signed.
        """
        problems = self._sign(self._unsigned(files), progress)
        return {name: known for name, file in files.items() if (known := self._recall(file))}, problems

    def unread_bytes(self, files: Files) -> int:
        """Say how many bytes `signatures_of` has to read."""
        return sum(file.identity.size for file in self._unsigned(files))

    @property
    def public_key(self) -> str:
        """Give the public half of the key in base64."""
        return self.key.public_key.base64

    @property
    def _ed25519(self) -> str:
        return f"ed25519:{self.public_key}"

    @property
    def _minisign(self) -> str:
        return f"minisign:{self.public_key}"

    def _recall(self, file: PublishedFile) -> Signatures | None:
        ed25519, minisign = (self.learned.recall(file, what) for what in (self._ed25519, self._minisign))
        return Signatures(ed25519=ed25519, minisign=minisign) if ed25519 and minisign else None

    def _unsigned(self, files: Files) -> list[PublishedFile]:
        return [file for file in files.values() if self._recall(file) is None]

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
                    signed.append((file, self._learned_of(file, result)))
                progress(file.identity.size)
        finally:
            # However this ends, what has been signed need not be read again.
            self.learned.remember(signed)
        return problems

    def _learned_of(self, file: PublishedFile, signed: SignedFile) -> dict[str, str]:
        minisign = sign_minisign(
            signed.digests[_SIGNED_DIGEST],
            self.key,
            file_name=file.path.name,
            timestamp=int(file.identity.modified.timestamp()),
        )
        digests = {algorithm: digest.hex() for algorithm, digest in signed.digests.items()}
        return {self._ed25519: signed.signature, self._minisign: minisign, **digests}
