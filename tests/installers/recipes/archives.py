"""Archives of a folder, by the real `zip` and `tar` and the compressors that it calls."""

import os
import subprocess
from pathlib import Path

# Not `--auto-compress`, with which GNU tar 1.34 makes an xz of `.tar.lzma`.
TAR_OPTIONS: dict[str, list[str]] = {
    ".tar": [],
    ".tar.gz": ["--gzip"],
    ".tar.bz2": ["--bzip2"],
    ".tar.xz": ["--xz"],
    ".tar.lzma": ["--lzma"],
    ".tar.zst": ["--zstd"],
}


def pack_folder(folder: Path, archive: Path, suffix: str) -> Path:
    """Pack what is in *folder* with the real `zip` or `tar`, and its compressor; links are packed as links."""
    if suffix == ".zip":
        subprocess.run(["zip", "-q", "-1", "-r", "-y", archive, "."], cwd=folder, check=True)
    else:
        tar = ["tar", "-c", *TAR_OPTIONS[suffix], "-f", str(archive), "-C", str(folder), "."]
        subprocess.run(tar, env={**os.environ, "XZ_OPT": "-0"}, check=True)  # large ones in seconds, not in minutes
    return archive
