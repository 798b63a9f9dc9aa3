"""File systems are made by mksquashfs, and unsquashfs is asked whether it reads the same."""

import io
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers import squashfs
from ota_dev.installers.containers.squashfs import SquashFs

Build = Callable[..., Path]

MANY = [f"file-{number:04}" for number in range(700)]  # more than one header and one block of metadata can hold


def contents() -> dict[str, bytes]:
    """Give files of every shape: empty, in a fragment, of whole blocks, with both, and with a hole."""
    noise = random.Random(7).randbytes
    return {
        "empty": b"",
        "small": b"small\n",
        "whole": noise(2 * 4096),
        "large": noise(5 * 4096 + 100),
        "hole": noise(4096) + bytes(2 * 4096) + noise(10),
        "Ünïcödé/näme": "Größe".encode(),
        "deep/er/and/deeper/file": b"found",
    }


def file_system(folder: Path, compression: str = "gzip", *options: str) -> Path:
    root = folder / "root"
    for name, content in contents().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (root / "many").mkdir()
    for name in MANY:
        (root / "many" / name).write_text(name)
    links = {"link": "deep/er/and", "to-file": "link/deeper/file", "loop": "loop", "out": "../../etc/passwd"}
    for name, target in links.items():
        (root / name).symlink_to(target)
    (root / "second-name").hardlink_to(root / "large")
    os.mkfifo(root / "pipe")
    make = ["mksquashfs", "root", "made.squashfs", "-b", "4096", "-comp", compression, "-quiet", "-no-progress"]
    subprocess.run([*make, *options], cwd=folder, check=True, capture_output=True)
    return folder / "made.squashfs"


def opened(path: Path) -> SquashFs:
    return SquashFs(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize(
    "options",
    [
        ("gzip",),
        ("gzip", "-Xwindow-size", "10"),
        ("xz",),
        ("xz", "-Xbcj", "x86"),
        ("zstd",),
        ("gzip", "-noI", "-noD", "-noF"),
        ("gzip", "-no-fragments"),
        ("gzip", "-always-use-fragments"),
    ],
    ids=" ".join,
)
def test_files_are_read_whole_whatever_the_packer_was_told(build: Build, options: tuple[str, ...]) -> None:
    made = opened(build(file_system, *options))

    for name, content in contents().items():
        assert made.read(name, 1 << 20) == content, name


def test_a_file_with_two_names_is_read_by_both(build: Build) -> None:
    made = opened(build(file_system))

    assert made.read("second-name", 1 << 20) == made.read("large", 1 << 20) == contents()["large"]


def test_no_more_than_the_limit_is_read(build: Build) -> None:
    made = opened(build(file_system))

    assert made.read("large", 5000) == contents()["large"][:5000]
    assert made.read("large", 0) == b""


def test_a_folder_of_any_size_is_listed(build: Build) -> None:
    made = opened(build(file_system))

    assert made.names("many") == MANY
    assert made.read("many/file-0699", 100) == b"file-0699"
    assert "Ünïcödé" in made.names()


def test_links_are_followed_within_the_file_system_only(build: Build) -> None:
    made = opened(build(file_system))

    assert made.read("to-file", 100) == b"found"
    assert made.read("loop", 100) is None
    assert made.read("out", 100) is None


@pytest.mark.parametrize("path", ["absent", "small/absent", "deep", "pipe", "many/file-9999"])
def test_what_is_no_file_is_not_read(build: Build, path: str) -> None:
    assert opened(build(file_system)).read(path, 100) is None


def test_unsquashfs_reads_the_same(build: Build) -> None:
    path = build(file_system, "zstd")

    shown = subprocess.run(["unsquashfs", "-cat", path, "large"], capture_output=True, check=True).stdout

    assert opened(path).read("large", 1 << 20) == shown


def test_a_file_system_may_start_anywhere_in_a_file(build: Build) -> None:
    shifted = io.BytesIO(bytes(777) + build(file_system).read_bytes())

    assert SquashFs(shifted, 777).read("large", 1 << 20) == contents()["large"]


@pytest.mark.parametrize("compression", ["lzo", "lz4"])
def test_a_compression_that_is_not_read_is_named(build: Build, compression: str) -> None:
    with pytest.raises(InstallerError, match=f"compressed with {compression}"):
        opened(build(file_system, compression))


def test_a_file_system_cut_short_is_incomplete(build: Build) -> None:
    whole = build(file_system, "gzip", "-nopad").read_bytes()

    for size in (50, 95, len(whole) // 2, len(whole) - 1):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            SquashFs(io.BytesIO(whole[:size]))


def test_folders_are_not_walked_without_end(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squashfs, "MAX_METADATA_BLOCKS", 3)
    made = opened(build(file_system))

    with pytest.raises(InstallerError, match="senselessly large or deep"):
        made.names("many")


def test_what_is_no_squashfs_is_refused() -> None:
    with pytest.raises(InstallerError, match="no squashfs"):
        SquashFs(io.BytesIO(b"sqsh" + bytes(200)))
