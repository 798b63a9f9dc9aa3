"""Markdown made into HTML that a client can show."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.scan.markdown import LONGEST_MARKDOWN, to_html

RENDERED = {
    "a list": ("- Faster\n- *Better*", "<ul>\n<li>Faster</li>\n<li><em>Better</em></li>\n</ul>\n"),
    "a link": ("[here](https://example.com/a)", '<p><a href="https://example.com/a">here</a></p>\n'),
    "a link to a mailbox": ("<mail@example.com>", '<p><a href="mailto:mail@example.com">mail@example.com</a></p>\n'),
    "an image": ("![new](http://example.com/a.png)", '<p><img src="http://example.com/a.png" alt="new" /></p>\n'),
    "a struck word": ("~~old~~", "<p><s>old</s></p>\n"),
    "a table": ("|a|\n|-|\n|b|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"),
    "HTML": ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"),
    "a block of HTML": ("<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n"),
    "a script as a link": ("[a *b*](javascript:alert)", "<p>a <em>b</em></p>\n"),
    "a script in disguise": ("[a](&#106;ava&Tab;script:x) [b](JAVASCRIPT:x)", "<p>a b</p>\n"),
    "a relative link": ("[docs](docs/a.md)", "<p>docs</p>\n"),
    "a link within the page": ("[a](#b)", "<p>a</p>\n"),
    "a link to a file": ("<file:///etc/passwd>", "<p>file:///etc/passwd</p>\n"),
    "a link by reference": ("[a][b]\n\n[b]: data:text/html,x", "<p>a</p>\n"),
    "an image in the page": ("![a](data:image/png;base64,x)", "<p>a</p>\n"),
    "an image in a link": ("[![a](b.png)](https://example.com)", '<p><a href="https://example.com">a</a></p>\n'),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("markdown", "html"), RENDERED.values(), ids=RENDERED)
def test_markdown_becomes_html_that_runs_nothing_and_leads_nowhere_else(markdown: str, html: str) -> None:
    assert to_html(markdown).startswith(html)


class Tags(HTMLParser):
    """Takes note of every attribute of every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [(tag, name, value or "") for name, value in attrs]


SNIPPETS = ["[a](", ")", "![", "]", "<", ">", "javascript:", "https://a", "&#x6a;", '"', "'", " ", "\n", "`", "*", "|"]


@given(st.lists(st.sampled_from([*SNIPPETS, "onload=x", "<img src=x>", "[b]: ", "\\", "mailto:", "\t"])).map("".join))
def test_whatever_is_written_no_attribute_runs_anything(markdown: str) -> None:
    tags = Tags()

    tags.feed(to_html(markdown))

    for tag, name, value in tags.seen:
        assert (tag, name) in {("a", "href"), ("a", "title"), ("img", "src"), ("img", "alt"), ("img", "title")} or (
            (tag, name) in {("ol", "start"), ("code", "class"), ("th", "style"), ("td", "style")}
        )
        assert name not in {"href", "src"} or value.startswith(("https://", "http://", "mailto:"))


def test_what_is_longer_than_notes_are_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 131,072 characters"):
        to_html("a" * (LONGEST_MARKDOWN + 1))
