import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers import zip_archive
from ota_dev.installers.zip_archive import ZIP

INFO = b'<?xml version="1.0"?><plist><dict><key>CFBundleVersion</key><string>130</string></dict></plist>'


def read(archive: Path | bytes) -> Facts:
    return ZIP.read(io.BytesIO(archive if isinstance(archive, bytes) else archive.read_bytes()))


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize("binary", [False, True], ids=["XML", "binary"])
def test_the_app_in_a_zip_is_read(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts, binary: bool
) -> None:
    write_app(binary=binary)

    assert read(pack(".zip")) == truth


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

    assert read(pack(".zip")) == truth


@pytest.mark.parametrize("target", ["/etc/hostname", "../../../etc/hostname", "Info.plist", "Missing.plist"])
def test_a_link_that_leads_nowhere_inside_is_no_info_plist(
    write_app: Callable[..., Path], pack: Callable[[str], Path], target: str
) -> None:
    plist = write_app() / "Contents/Info.plist"
    plist.unlink()
    plist.symlink_to(target)

    with pytest.raises(InstallerError, match=r"has no Contents/Info\.plist"):
        read(pack(".zip"))


def test_helper_apps_and_what_macos_adds_are_no_decoys(
    write_app: Callable[..., Path], pack: Callable[[str], Path], truth: Facts
) -> None:
    write_app()
    write_app("Acme Notes.app/Contents/Library/Helper.app", CFBundleVersion="7", CFBundleDisplayName="Helper")
    write_app("__MACOSX/Acme Notes.app", CFBundleVersion="8")
    write_app("._Acme Notes.app", CFBundleVersion="9")

    assert read(pack(".zip")) == truth


def test_two_apps_are_an_ambiguity(write_app: Callable[..., Path], pack: Callable[[str], Path]) -> None:
    write_app()
    write_app("Extras/Acme Tasks.app")

    with pytest.raises(InstallerError, match=r"2 apps \(Acme Notes\.app, Extras/Acme Tasks\.app\)"):
        read(pack(".zip"))


def test_a_zip_without_an_app_says_nothing(shelf: Path, pack: Callable[[str], Path]) -> None:
    (shelf / "notes.exe").write_bytes(b"MZ")

    assert read(pack(".zip")) == Facts()


def test_an_empty_zip_says_nothing() -> None:
    assert read(zipped({})) == Facts()


def test_a_zip64_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    data = zipped({"A.app/Contents/Info.plist": INFO, "A.app/Contents/PkgInfo": b"APPL????"})

    assert b"PK\x06\x06" in data
    assert read(data).version == "130"


def test_names_that_macos_writes_in_utf_8_without_saying_so_are_understood(universal_executable: bytes) -> None:
    info = INFO.replace(b"</dict>", "<key>CFBundleExecutable</key><string>Notizbücher</string></dict>".encode())
    name = "Notizbücher.app/Contents/MacOS/Notizbu\u0308cher"
    data = zipped({"Notizbücher.app/Contents/Info.plist": info, name: universal_executable})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist())
    # The general purpose flags stand 6 bytes into a local header and 8 into a directory entry.
    without_flags = data.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00")
    without_flags = without_flags.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00")
    with zipfile.ZipFile(io.BytesIO(without_flags)) as archive:
        assert not any(entry.flag_bits & 0x800 for entry in archive.infolist())

    assert len(read(without_flags).architectures) == 2


def test_names_in_an_old_code_page_do_no_harm() -> None:
    data = zipped({"Notizb#cher.app/Contents/Info.plist": INFO}).replace(b"b#cher", b"b\x81cher")

    assert read(data).version == "130"


def test_a_plist_bomb_is_unpacked_no_further_than_its_limit() -> None:
    with pytest.raises(InstallerError, match="larger than 4 MiB"):
        read(zipped({"A.app/Contents/Info.plist": bytes(100 * 1024 * 1024)}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_a_method_that_macos_does_not_unpack_is_refused(method: int) -> None:
    with pytest.raises(InstallerError, match="compressed by a method that macOS does not unpack"):
        read(zipped({"A.app/Contents/Info.plist": INFO}, method))


def test_an_encrypted_info_plist_is_named() -> None:
    data = bytearray(zipped({"A.app/Contents/Info.plist": INFO}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(InstallerError, match=r"A\.app/Contents/Info\.plist in it is encrypted"):
        read(bytes(data))


@pytest.mark.parametrize("tenth", range(10))
def test_a_zip_cut_short_is_incomplete_wherever_it_was_cut(
    write_app: Callable[..., Path], pack: Callable[[str], Path], tenth: int
) -> None:
    write_app()
    whole = pack(".zip").read_bytes()

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(whole[: len(whole) * tenth // 10])


@pytest.mark.parametrize("missing", [1, 5, 21])
def test_a_zip_without_its_last_bytes_is_incomplete(missing: int) -> None:
    written = io.BytesIO(zipped({"A.app/Contents/Info.plist": INFO}))
    with zipfile.ZipFile(written, "a") as archive:
        archive.comment = b"Acme"

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(written.getvalue()[:-missing])


def test_a_zip_cut_after_a_zip_inside_it_is_not_read_as_that_one() -> None:
    inner = zipped({"Old.app/Contents/Info.plist": INFO})
    whole = zipped({"readme.txt": b"x", "old.zip": inner, "A.app/Contents/Info.plist": INFO}, zipfile.ZIP_STORED)
    cut = whole[: whole.index(inner) + len(inner) + 10]

    with pytest.raises(IncompleteInstallerError, match="directory of another one"):
        read(cut)


def test_members_that_point_out_of_the_archive_are_passed_over() -> None:
    members = {"../A.app/Contents/Info.plist": INFO, "/B.app/Contents/Info.plist": INFO}

    assert read(zipped(members)) == Facts()


def test_a_directory_with_too_many_entries_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MAX_ENTRIES", 10)
    data = zipped({f"{number}.txt": b"" for number in range(11)})

    with pytest.raises(InstallerError, match="more than 10 entries"):
        read(data)


def test_a_zip_is_recognised_by_its_magic_alone() -> None:
    assert ZIP.recognises(zipped({"a": b""}))
    assert ZIP.recognises(zipped({}))
    assert not ZIP.recognises(b"PKI\x03\x04")
