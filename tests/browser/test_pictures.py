"""The pictures in the documentation are taken from the program as it is."""

from pathlib import Path

from docs.making.pictures import FOLDER, take_pictures

LARGEST = 150_000  # bytes


def test_the_script_takes_every_picture_that_the_documentation_has(tmp_path: Path) -> None:
    take_pictures(tmp_path, port=0)

    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in FOLDER.iterdir()}
    assert all(0 < path.stat().st_size < LARGEST for path in FOLDER.iterdir())
    assert "offered 1.3.0" in (tmp_path / "terminal.svg").read_text("utf-8").replace("&#160;", " ")
