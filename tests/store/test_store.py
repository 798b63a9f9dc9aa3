import errno
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.operating_system.own_folders import CACHE_FOLDER_VARIABLE
from ota_dev.store import Store, rows

INSTALLER = Path("/builds/dist/Acme-Notes-1.3.0.dmg")
IDENTITY = FileIdentity(size=3, modified_ns=4, changed_ns=5, inode=2**64 - 1, device=7)
NO_PATIENCE = timedelta()

WRITER = """
import sys
from pathlib import Path
from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.store import Store

with Store.open(Path(sys.argv[1]), note=print) as store:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(200):
        store.remember(Path(f"/dist/{sys.argv[2]}-{number}.zip"), FileIdentity(1, 2, 3, 4, 5), {"sha256": sys.argv[2]})
"""


class Notes(list[str]):
    def __call__(self, note: str) -> None:
        self.append(note)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "learned.sqlite3"


def learn(path: Path) -> None:
    with Store.open(path) as store:
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})


def recalled(path: Path, notes: Notes) -> str | None:
    with Store.open(path, note=notes, patience=NO_PATIENCE) as store:
        return store.recall(INSTALLER, IDENTITY, "sha256")


def test_what_was_learned_is_recalled_in_the_next_run(path: Path, notes: Notes) -> None:
    with Store.open(path, note=notes) as store:
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc", "facts/1": "{}"})

    with Store.open(path, note=notes) as store:
        assert store.recall(INSTALLER, IDENTITY, "sha256") == "abc"
        assert store.recall(INSTALLER, IDENTITY, "facts/1") == "{}"
        assert store.recall(INSTALLER, IDENTITY, "sha512") is None
        assert store.recall(INSTALLER.with_name("other.dmg"), IDENTITY, "sha256") is None
    assert notes == []


@pytest.mark.parametrize("part", ["size", "modified_ns", "changed_ns", "inode", "device"])
def test_nothing_is_known_of_a_file_whose_identity_differs(path: Path, part: str) -> None:
    known = {name: getattr(IDENTITY, name) for name in FileIdentity.__dataclass_fields__}
    other = FileIdentity(**known | {part: 99})

    with Store.open(path) as store:
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})

        assert store.recall(INSTALLER, other, "sha256") is None


def test_a_file_replaced_by_one_of_the_same_name_size_and_date_is_noticed(path: Path, tmp_path: Path) -> None:
    installer = tmp_path / "app.zip"
    installer.write_bytes(b"old build")
    os.utime(installer, ns=(1, 1))
    old = FileIdentity.of(installer.stat())
    replacement = tmp_path / "app.zip.part"
    replacement.write_bytes(b"new build")
    os.utime(replacement, ns=(1, 1))

    with Store.open(path) as store:
        store.remember(installer, old, {"sha256": "abc"})
        replacement.replace(installer)

        assert store.recall(installer, FileIdentity.of(installer.stat()), "sha256") is None


def test_the_newest_value_takes_the_place_of_the_one_before(path: Path) -> None:
    later = FileIdentity(size=3, modified_ns=5, changed_ns=6, inode=1, device=7)

    with Store.open(path) as store:
        store.remember(INSTALLER, IDENTITY, {"sha256": "old"})
        store.remember(INSTALLER, later, {"sha256": "new"})

        assert store.recall(INSTALLER, later, "sha256") == "new"
        assert store.recall(INSTALLER, IDENTITY, "sha256") is None


def test_a_folder_is_recalled_at_once_with_its_subfolders_and_nothing_beside_it(path: Path) -> None:
    folder = Path("/builds/dist").absolute()
    inside = [folder / "a.zip", folder / "beta" / "b.zip", folder / "\udce9 not UTF-8.zip"]
    beside = [folder.parent / "dist0" / "c.zip", folder.parent / "d.zip", folder.parent / "dist-old" / "e.zip"]

    with Store.open(path) as store:
        store.remember_all((file, IDENTITY, {"sha256": file.name, "facts/1": "{}"}) for file in inside + beside)

        assert store.recall_folder(folder, "sha256") == {str(file): (IDENTITY, file.name) for file in inside}


@pytest.mark.parametrize("folder", [Path(), Path("dist"), Path("dist") / ".." / "dist"], ids=str)
def test_a_folder_is_recalled_under_the_paths_that_it_is_asked_by(
    path: Path, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with Store.open(path) as store:
        store.remember(folder / "a.zip", IDENTITY, {"sha256": "abc"})

        assert store.recall_folder(folder, "sha256") == {str(folder / "a.zip"): (IDENTITY, "abc")}
        assert store.recall((tmp_path / folder / "a.zip").resolve(), IDENTITY, "sha256") == "abc"


def test_the_oldest_rows_are_dropped_so_that_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_MOST_ROWS", 10)
    files = [INSTALLER.with_name(f"{number}.zip") for number in range(25)]

    with Store.open(path) as store:
        for file in files:
            store.remember(file, IDENTITY, {"sha256": "abc"})

        assert list(store.recall_folder(INSTALLER.parent, "sha256")) == [str(file.absolute()) for file in files[-10:]]


def test_a_value_of_unreasonable_length_is_not_remembered(path: Path, notes: Notes) -> None:
    with Store.open(path, note=notes) as store:
        store.remember(INSTALLER, IDENTITY, {"facts/1": "x" * 100_000, "sha256": "abc"})

        assert store.recall(INSTALLER, IDENTITY, "facts/1") is None
        assert store.recall(INSTALLER, IDENTITY, "sha256") == "abc"
    assert notes == []


def test_a_store_nowhere_remembers_nothing() -> None:
    with Store.nowhere() as store:
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})

        assert store.recall(INSTALLER, IDENTITY, "sha256") is None
        assert store.recall_folder(INSTALLER.parent, "sha256") == {}


def test_a_closed_store_remembers_nothing(path: Path, notes: Notes) -> None:
    learn(path)
    store = Store.open(path, note=notes)
    store.close()
    store.close()

    assert store.recall(INSTALLER, IDENTITY, "sha256") is None
    assert notes == []


@pytest.mark.parametrize(
    "content",
    [b"not a database, but long enough to be one" * 100, b"SQLite format 3\0" + b"\xff" * 8000, b"short"],
    ids=["other content", "a header and nonsense", "too short"],
)
def test_a_damaged_store_is_made_anew_with_a_note(path: Path, notes: Notes, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    with Store.open(path, note=notes) as store:
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})

    assert len(notes) == 1
    assert notes[0].startswith(f"{path} is damaged (")
    assert notes[0].endswith(") and is made anew, so every file is read once more")
    assert recalled(path, notes) == "abc"
    assert len(notes) == 1


def test_a_damaged_store_that_cannot_be_deleted_is_gone_on_without(
    path: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 100)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "in use by another process")

    monkeypatch.setattr(Path, "unlink", refuse)

    assert recalled(path, notes) is None
    assert [note.startswith(f"{path} is damaged") for note in notes] == [True, False]
    assert "in use by another process" in notes[1]


def test_damage_that_shows_only_in_use_is_repaired_too(path: Path, notes: Notes) -> None:
    with Store.open(path) as store:
        store.remember_all((INSTALLER.with_name(f"{n}.zip"), IDENTITY, {"sha256": "x" * 500}) for n in range(500))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))

    with Store.open(path, note=notes) as store:
        assert store.recall_folder(INSTALLER.parent, "sha256") == {}
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})
        assert store.recall(INSTALLER, IDENTITY, "sha256") == "abc"

    assert len(notes) == 1
    assert "is made anew" in notes[0]


def test_a_table_with_other_columns_is_made_anew(path: Path, notes: Notes) -> None:
    learn(path)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE learned RENAME COLUMN value TO content")
    connection.close()

    with Store.open(path, note=notes) as store:
        assert store.recall(INSTALLER, IDENTITY, "sha256") is None
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})
        assert store.recall(INSTALLER, IDENTITY, "sha256") == "abc"

    assert len(notes) == 1


def test_a_store_of_a_newer_version_is_left_alone_and_gone_on_without(path: Path, notes: Notes) -> None:
    learn(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()

    assert recalled(path, notes) is None

    assert notes == [f"{path} cannot be used (a newer ota-dev wrote it), so nothing is remembered this time"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM learned").fetchone() == (1,)
    connection.close()


def test_a_locked_store_is_gone_on_without(path: Path, notes: Notes) -> None:
    learn(path)
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")

    assert recalled(path, notes) is None

    locker.close()
    assert notes == [f"{path} cannot be used (database is locked), so nothing is remembered this time"]
    assert recalled(path, notes) == "abc"


def test_a_store_that_is_locked_later_is_gone_on_without_and_says_so_once(path: Path, notes: Notes) -> None:
    with Store.open(path, note=notes, patience=NO_PATIENCE) as store:
        locker = sqlite3.connect(path, isolation_level=None)
        locker.execute("BEGIN IMMEDIATE")
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})
        store.remember(INSTALLER, IDENTITY, {"sha256": "abc"})
        locker.close()

    assert notes == [f"{path} cannot be used (database is locked), so nothing is remembered this time"]


def test_a_folder_at_its_path_is_gone_on_without(path: Path, notes: Notes) -> None:
    path.mkdir(parents=True)

    assert recalled(path, notes) is None
    assert notes == [f"{path} cannot be used (unable to open database file), so nothing is remembered this time"]


def test_a_file_where_its_folder_should_be_is_gone_on_without(path: Path, notes: Notes) -> None:
    path.parent.write_text("in the way")

    assert recalled(path, notes) is None
    assert len(notes) == 1


def test_a_full_disk_is_gone_on_without(path: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def connect_to_small_disk(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 8")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_small_disk)

    with Store.open(path, note=notes) as store:
        store.remember_all([(INSTALLER, IDENTITY, {"sha256": "abc", "facts/1": "x" * 60_000})])
        assert store.recall(INSTALLER, IDENTITY, "facts/1") is None

    assert notes == [f"{path} cannot be used (database or disk is full), so nothing is remembered this time"]
    assert recalled(path, notes) is None, "of one transaction all is remembered, or nothing"


def test_nobody_else_can_read_it_where_the_system_has_permissions(path: Path) -> None:
    for_others = 0o077 if os.name == "posix" else 0

    learn(path)

    assert path.stat().st_mode & for_others == 0
    assert path.parent.stat().st_mode & for_others == 0


def test_without_a_path_it_is_in_the_folder_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_FOLDER_VARIABLE, str(tmp_path))

    Store.open().close()

    assert (tmp_path / "learned.sqlite3").is_file()


def test_two_threads_share_one_store(path: Path, notes: Notes) -> None:
    files = [INSTALLER.with_name(f"{number}.zip") for number in range(100)]

    def work(store: Store, what: str) -> None:
        for file in files:
            store.remember(file, IDENTITY, {what: what})
            store.recall(file, IDENTITY, what)

    with Store.open(path, note=notes) as store:
        threads = [threading.Thread(target=work, args=(store, what)) for what in ("sha256", "facts/1")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert {what: len(store.recall_folder(INSTALLER.parent, what)) for what in ("sha256", "facts/1")} == {
            "sha256": 100,
            "facts/1": 100,
        }
    assert notes == []


@pytest.mark.parametrize("is_new", [True, False], ids=["and make it", "that is there"])
def test_two_processes_share_one_file(path: Path, notes: Notes, is_new: bool) -> None:
    if not is_new:
        learn(path)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in ("one", "two")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"

    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = [writer.communicate()[0] for writer in writers]

    assert said == ["", ""]
    with Store.open(path, note=notes) as store:
        assert len(store.recall_folder(Path("/dist"), "sha256")) == 400
    assert notes == []
