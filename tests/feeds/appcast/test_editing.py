import pytest

from ota_dev.feeds.appcast.editing import Edit, append_children, edited, remove_attribute, remove_element, set_attribute
from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, Appcast, read_appcast


def apply(appcast: Appcast, *edits: Edit) -> str:
    return edited(appcast, edits).feed.decode()


@pytest.mark.parametrize(
    ("tag", "value", "after"),
    [
        ("<a b='1'/>", "2", "<a b='2'/>"),
        ('<a  b = "1" />', "2", '<a  b = "2" />'),
        ("<a b='&#49;'/>", "1", "<a b='&#49;'/>"),
        ("<a b=''/>", "<\"&'>", "<a b='&lt;&quot;&amp;&#x27;&gt;'/>"),
        ("<a/>", "1", '<a b="1"/>'),
        ("<a />", "1", '<a b="1" />'),
        ("<a></a>", "1", '<a b="1"></a>'),
        ("<a\n  c='1'\n/>", "1", "<a\n  c='1'\n  b=\"1\"\n/>"),
        ("<a c='/'>x</a>", "1", "<a c='/' b=\"1\">x</a>"),
        ("<a b='1'/>", "\x00 2\n", "<a b='2'/>"),
    ],
)
def test_an_attribute_is_set_in_the_manner_of_its_element(tag: str, value: str, after: str) -> None:
    appcast = read_appcast(tag.encode())

    assert apply(appcast, *set_attribute(appcast.source.markup, appcast.root, "b", value, {})) == after


@pytest.mark.parametrize(
    ("tag", "after"),
    [
        (f"<a xmlns:s='{SPARKLE_NAMESPACE}'/>", f"<a xmlns:s='{SPARKLE_NAMESPACE}' s:b=\"1\"/>"),
        ("<a/>", f'<a xmlns:sparkle="{SPARKLE_NAMESPACE}" sparkle:b="1"/>'),
        (
            f"<a xmlns='{SPARKLE_NAMESPACE}'/>",
            f'<a xmlns=\'{SPARKLE_NAMESPACE}\' xmlns:sparkle="{SPARKLE_NAMESPACE}" sparkle:b="1"/>',
        ),
    ],
    ids=["a prefix is there", "none is there", "only the default, which attributes do not have"],
)
def test_an_attribute_of_sparkles_gets_the_prefix_that_is_there(tag: str, after: str) -> None:
    appcast = read_appcast(tag.encode())

    assert apply(appcast, *set_attribute(appcast.source.markup, appcast.root, f"{SPARKLE}b", "1", {})) == after


def test_an_attribute_is_removed_with_the_space_before_it() -> None:
    appcast = read_appcast(b"<a\n b='1'\n c='2'/>")

    assert apply(appcast, *remove_attribute(appcast.root, "b"), *remove_attribute(appcast.root, "d")) == "<a\n c='2'/>"


def test_an_element_is_removed_with_the_space_before_it_and_no_comment() -> None:
    appcast = read_appcast(b"<a>\n <!-- b -->\n <b>x</b>\n</a>")

    edits = remove_element(appcast.source.markup, appcast.root.children[0])

    assert apply(appcast, *edits) == "<a>\n <!-- b -->\n</a>"


@pytest.mark.parametrize(
    ("parent", "after"),
    [
        ("<a/>", "<a><b/><c/></a>"),
        ("<a x='1' />", "<a x='1'><b/><c/></a>"),
        ("<a></a>", "<a><b/><c/></a>"),
        ("<a>\n</a>", "<a><b/><c/>\n</a>"),
        ("<a>\n  <x/>\n</a>", "<a>\n  <x/>\n  <b/>\n  <c/>\n</a>"),
        ("<a><x/><!-- end --></a>", "<a><x/><b/><c/><!-- end --></a>"),
    ],
)
def test_children_are_appended_in_the_manner_of_their_neighbours(parent: str, after: str) -> None:
    appcast = read_appcast(parent.encode())

    assert apply(appcast, *append_children(appcast.source.markup, appcast.root, b"<b/>", b"<c/>")) == after


def test_a_neighbour_behind_very_much_space_gets_a_line_of_its_own() -> None:
    appcast = read_appcast(b"<a>" + b" " * 10_000 + b"<x/></a>")

    assert apply(appcast, *append_children(appcast.source.markup, appcast.root, b"<b/>")).endswith("<x/>\n<b/></a>")


def test_edits_may_be_given_in_any_order_and_insertions_at_one_place_keep_theirs() -> None:
    appcast = read_appcast(b"<a>12</a>")

    assert apply(appcast, Edit(5, 5, b"y"), Edit(4, 5, b"x"), Edit(3, 3, b"0"), Edit(5, 5, b"z")) == "<a>01xyz</a>"
