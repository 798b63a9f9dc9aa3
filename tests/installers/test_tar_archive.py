import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers import seen_files, tar_members
from ota_dev.installers.tar_archive import TAR

INFO = b'<?xml version="1.0"?><plist><dict><key>CFBundleVersion</key><string>130</string></dict></plist>'
SUFFIXES = [".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.lzma", ".tar.zst"]


def read(archive: Path | bytes) -> Facts:
    return TAR.read(io.BytesIO(archive if isinstance(archive, bytes) else archive.read_bytes()))


def member(name: str, kind: bytes = tarfile.REGTYPE, *, link: str = "", size: int = 0) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.type, header.linkname, header.size = kind, link, size
    return header


def tarred(members: dict[str, bytes], *others: tarfile.TarInfo, format_: int = tarfile.USTAR_FORMAT) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=format_) as archive:
        for name, content in members.items():
            archive.addfile(member(name, size=len(content)), io.BytesIO(content))
        for other in others:
            archive.addfile(other)
    return written.getvalue()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("binary", [False, True], ids=["XML", "binary"])
def test_the_app_in_a_tar_is_read_whatever_its_compression(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts, suffix: str, binary: bool
) -> None:
    write_app(binary=binary)
    archive = pack(suffix)

    assert TAR.recognises(archive.read_bytes()[:4096])
    assert read(archive) == truth


def test_an_info_plist_and_an_executable_behind_links_are_read(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts
) -> None:
    contents = write_app() / "Contents"
    (contents / "Versions").mkdir()
    (contents / "MacOS").rename(contents / "Versions/A")
    (contents / "Versions/Current").symlink_to("A")
    (contents / "MacOS").symlink_to("Versions/Current")
    (contents / "Info.plist").rename(contents / "Resources/Real.plist")
    (contents / "Info.plist").symlink_to("Resources/Real.plist")

    assert read(pack(".tar.gz")) == truth


def test_an_executable_with_two_names_is_read(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts
) -> None:
    executable = write_app() / "Contents/MacOS/Acme Notes"
    (executable.parent.parent / "A second name").hardlink_to(executable)

    assert read(pack(".tar")) == truth


@pytest.mark.parametrize("target", ["/etc/hostname", "../../../etc/hostname", "Info.plist", "Missing.plist"])
def test_a_link_that_leads_nowhere_inside_is_no_info_plist(
    write_app: Callable[..., Path], pack: Callable[[str], Path], target: str
) -> None:
    plist = write_app() / "Contents/Info.plist"
    plist.unlink()
    plist.symlink_to(target)

    with pytest.raises(InstallerError, match=r"has no Contents/Info\.plist"):
        read(pack(".tar"))


def test_helper_apps_and_what_macos_adds_are_no_decoys(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts
) -> None:
    write_app()
    write_app("Acme Notes.app/Contents/Library/Helper.app", CFBundleVersion="7", CFBundleDisplayName="Helper")
    write_app("__MACOSX/Acme Notes.app", CFBundleVersion="8")
    write_app("._Acme Notes.app", CFBundleVersion="9")

    assert read(pack(".tar.xz")) == truth


def test_a_second_app_is_seen_even_at_the_end(write_app: Callable[..., Path], pack: Callable[[str], Path]) -> None:
    write_app()
    write_app("Extras/Acme Tasks.app")

    with pytest.raises(InstallerError, match=r"2 apps \(Acme Notes\.app, Extras/Acme Tasks\.app\)"):
        read(pack(".tar.bz2"))


def test_a_tar_without_an_app_says_nothing(shelf: Path, pack: Callable[[str], Path]) -> None:
    (shelf / "notes").write_bytes(b"\x7fELF")

    assert read(pack(".tar.gz")) == Facts()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_tar_cut_short_is_incomplete_wherever_it_was_cut(
    write_app: Callable[..., Path], pack: Callable[[str], Path], suffix: str, tenth: int
) -> None:
    write_app()
    whole = pack(suffix).read_bytes()
    # Plain tar is padded with zeros to a multiple of 10 KiB, which are no loss.
    needed = len(whole.rstrip(b"\0")) if suffix == ".tar" else len(whole)

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(whole[: needed * tenth // 10])


@pytest.mark.parametrize("suffix", SUFFIXES[1:5])
def test_a_compressed_tar_without_its_last_byte_is_incomplete(
    write_app: Callable[..., Path], pack: Callable[[str], Path], suffix: str
) -> None:
    write_app()

    with pytest.raises(IncompleteInstallerError, match="its compressed stream has no end"):
        read(pack(suffix).read_bytes()[:-1])


@pytest.mark.parametrize("kept", [512 + 100, 1024 + 100, 1536 + 512 + 100])
def test_a_tar_cut_within_an_extended_header_is_incomplete(kept: int) -> None:
    whole = tarred({LONG: b"x"}, format_=tarfile.PAX_FORMAT)

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(whole[:kept])


def test_of_two_members_at_one_path_the_later_counts() -> None:
    link = member("A.app/Contents/Info.plist", tarfile.SYMTYPE, link="Missing.plist")
    blocks = link.tobuf(tarfile.USTAR_FORMAT)

    assert read(blocks + tarred({"A.app/Contents/Info.plist": INFO})).version == "130"


LONG = "A.app/Contents/Resources/" + "long/" * 40 + "x.txt"


@pytest.mark.parametrize("format_", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT], ids=["GNU", "pax"])
def test_long_and_foreign_names_are_read_in_either_way_of_writing_them(format_: int) -> None:
    app = "Notizbücher " + "lang " * 30 + "Ende.app"
    data = tarred({LONG.replace("A.app", app): b"x", f"{app}/Contents/Info.plist": INFO}, format_=format_)

    assert read(data).version == "130"


def test_a_pax_size_counts_for_more_than_the_header() -> None:
    oversized = member("big.bin", size=3)
    oversized.pax_headers = {"size": "700"}
    block = oversized.tobuf(tarfile.PAX_FORMAT)
    data = block + bytes(1024) + tarred({"A.app/Contents/Info.plist": INFO})

    assert read(data).version == "130"


def test_a_sparse_file_is_passed_over_with_all_its_maps() -> None:
    header = bytearray(member("sparse.bin", tarfile.GNUTYPE_SPARSE, size=512).tobuf(tarfile.GNU_FORMAT))
    header[482] = 1  # one more block of the map follows
    header[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(header))[0]  # type: ignore[attr-defined]  # not documented
    data = bytes(header) + bytes(512) + b"x" * 512 + tarred({"A.app/Contents/Info.plist": INFO})

    assert read(data).version == "130"


def test_a_compressed_file_that_is_no_tar_says_nothing() -> None:
    assert read(gzip.compress(b"just text " * 1000)) == Facts()


def test_a_damaged_header_is_an_error_not_an_end() -> None:
    data = bytearray(tarred({"a.txt": b"x", "A.app/Contents/Info.plist": INFO}))
    data[1024] ^= 0xFF

    with pytest.raises(InstallerError, match="one of its tar headers is damaged: bad checksum"):
        read(bytes(data))


def test_members_that_point_out_of_the_archive_are_passed_over() -> None:
    members = {"../A.app/Contents/Info.plist": INFO, "/B.app/Contents/Info.plist": INFO}

    assert read(tarred(members)) == Facts()


@pytest.mark.parametrize(
    ("kind", "size", "reason"),
    [
        pytest.param(tarfile.XHDTYPE, 2**30, "senseless size", id="a pax header of 1 GiB"),
        pytest.param(tarfile.GNUTYPE_LONGNAME, 2**30, "senseless size", id="a name of 1 GiB"),
        pytest.param(tarfile.REGTYPE, -256, "negative size", id="a negative size"),
    ],
)
def test_a_header_that_lies_about_its_size_is_refused(kind: bytes, size: int, reason: str) -> None:
    with pytest.raises(InstallerError, match=reason):
        read(member("a", kind, size=size).tobuf(tarfile.GNU_FORMAT) + bytes(2048))


@pytest.mark.parametrize("record", [b"0 path=a\n", b"x path=a\n", b"1 path=a\n", b"9" * 1000])
def test_a_pax_record_of_bad_length_is_refused(record: bytes) -> None:
    header = member("a", tarfile.XHDTYPE, size=len(record)).tobuf(tarfile.USTAR_FORMAT)

    with pytest.raises(InstallerError, match="bad length of a record"):
        read(header + record.ljust(1024, b"\0") + bytes(1024))


def test_what_is_kept_on_the_way_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen_files, "MAX_KEPT", 1000)

    with pytest.raises(InstallerError, match="senselessly many"):
        read(tarred({f"{number}.plist": bytes(300) for number in range(4)}))


def test_the_number_of_members_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_members, "MAX_HEADERS", 10)

    with pytest.raises(InstallerError, match="more than 10 headers"):
        read(tarred({str(number): b"" for number in range(11)}))


def test_paths_are_bounded() -> None:
    with pytest.raises(InstallerError, match="a path of more than 4,096 characters"):
        read(tarred({"a" * 5000: b""}, format_=tarfile.PAX_FORMAT))


def test_a_plist_bomb_is_kept_no_further_than_its_limit() -> None:
    with pytest.raises(InstallerError, match="larger than 4 MiB"):
        read(tarred({"A.app/Contents/Info.plist": bytes(5 * 1024 * 1024)}))
