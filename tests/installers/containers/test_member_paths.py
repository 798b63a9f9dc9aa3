import pytest

from ota_dev.installers.containers.member_paths import follow_links, member_path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        pytest.param("Acme.app/Contents", "Acme.app/Contents", id="an ordinary path is kept"),
        pytest.param("./Acme.app//Contents/", "Acme.app/Contents", id="needless dots and slashes go"),
        pytest.param("Re\u0301sume\u0301.app", "R\u00e9sum\u00e9.app", id="letters are composed"),
        pytest.param("../Acme.app", None, id="a path out of the archive is none"),
        pytest.param("Acme.app/../../etc/passwd", None, id="nor is one that leaves it on the way"),
        pytest.param("/etc/passwd", None, id="nor is an absolute one"),
        pytest.param("./", None, id="the archive's own root is no member"),
    ],
)
def test_a_member_has_one_spelling(name: str, path: str | None) -> None:
    assert member_path(name) == path


LINKS = {
    "A.app/Contents/Info.plist": "Resources/Real.plist",
    "A.app/Contents/MacOS/A": "../Frameworks/A.framework/A",
    "A.app/Contents/Frameworks/A.framework/A": "Versions/Current/A",
    "A.app/Contents/Frameworks/A.framework/Versions/Current": "A",
    "out": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "loop": "pool",
    "pool": "loop",
    "grows": "grows/grows/grows",
}


@pytest.mark.parametrize(
    ("path", "reached"),
    [
        pytest.param("A.app/Contents/PkgInfo", "A.app/Contents/PkgInfo", id="no link"),
        pytest.param("A.app/Contents/Info.plist", "A.app/Contents/Resources/Real.plist", id="a link to a file"),
        pytest.param(
            "A.app/Contents/MacOS/A",
            "A.app/Contents/Frameworks/A.framework/Versions/A/A",
            id="links to links, and through linked folders",
        ),
        pytest.param("A.app/../B.app", None, id="a path that climbs"),
        pytest.param("out", None, id="a link out of the archive"),
        pytest.param("absolute", None, id="an absolute link"),
        pytest.param("loop", None, id="links in a circle"),
        pytest.param("grows", None, id="a link below itself"),
    ],
)
def test_links_are_followed_only_inside_the_archive(path: str, reached: str | None) -> None:
    assert follow_links(path, LINKS.get) == reached
