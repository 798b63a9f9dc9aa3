"""One installer, as Tauri's updater sees it. Pure."""

from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.minisign import MinisignError, MinisignSignature
from ota_dev.feeds.semantic_versions import SemanticVersion
from ota_dev.feeds.tauri.bundles import BUNDLES

__all__ = ["Candidate"]

_REMEDY = "`tauri build` writes one with `createUpdaterArtifacts`, and --sign or --key FILE makes one here"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An installer, and what Tauri's updater makes of it."""

    artifact: Artifact
    version: SemanticVersion | None  # `None` where it is no semantic version
    is_bundle: bool  # that the client can install
    signature: MinisignSignature | None = None
    problem: str = ""  # with its signature

    @classmethod
    def of(cls, artifact: Artifact) -> "Candidate":
        """Look at *artifact*."""
        version, text = SemanticVersion.read(artifact.short_version), artifact.minisign_signature
        if artifact.kind not in BUNDLES[artifact.platform]:
            return cls(artifact=artifact, version=version, is_bundle=False)
        signature, problem = None, ""
        if text is None:
            problem = f"there is no {artifact.download_name}.sig beside it; {_REMEDY}"
        # A scenario that takes signatures away leaves an empty one, since its client is to refuse that.
        elif text:
            try:
                signature = MinisignSignature.unpacked(text)
            except MinisignError as error:
                problem = f"{artifact.download_name}.sig {error}; {_REMEDY}"
        return cls(artifact=artifact, version=version, is_bundle=True, signature=signature, problem=problem)

    @property
    def is_usable(self) -> bool:
        """Say whether the client can compare, verify and install it."""
        return self.version is not None and self.is_bundle and not self.problem
