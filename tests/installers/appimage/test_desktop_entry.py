import pytest

from ota_dev.installers.appimage.desktop_entry import parse_desktop_entry


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("[Desktop Entry]\nName=Acme Notes\n", {"Name": "Acme Notes"}),
        ("[Desktop Entry]\r\nName = Acme = Notes \r\n", {"Name": "Acme = Notes"}),
        ("# A comment.\n[Desktop Entry]\n#Name=No\nName=Acme\nName[de]=Akme", {"Name": "Acme", "Name[de]": "Akme"}),
        ("[Desktop Entry]\nName=First\nName=Second", {"Name": "First"}),
        ("[Desktop Entry]\nName=Acme\n[Desktop Action New]\nName=New\nIcon=new", {"Name": "Acme"}),
        ("[Other]\nName=Other\n", {}),
        ("Name=No group", {}),
        ("", {}),
    ],
    ids=["plain", "blanks", "comments", "twice", "another group after", "another group", "no group", "empty"],
)
def test_the_keys_of_the_main_group_are_read(text: str, entry: dict[str, str]) -> None:
    assert parse_desktop_entry(text.encode()) == entry
