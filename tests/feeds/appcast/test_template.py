from collections.abc import Callable

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.errors import ConfigurationError
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]
LINKS = Links("https://example.com/downloads/")
NAME = "my-appcast.xml.j2"


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        pytest.param(
            "<a>\n{% for item in items %}",
            "line 2: the template cannot be used: Unexpected end of template",
            id="a loop without an end",
        ),
        pytest.param(
            "<a>\n\n{{ app.name | shout }}</a>",
            "line 3: the template cannot be used: No filter named 'shout'",
            id="an unknown filter",
        ),
        pytest.param(
            "<a>\n{{ itme.title }}</a>",
            "line 2: the template cannot be used: 'itme' is undefined (docs/how-to/appcast-template.md",
            id="an unknown variable",
        ),
        pytest.param(
            "<a>{% for item in items %}\n\n{{ item.colour }}{% endfor %}</a>",
            "AppcastItem object' has no attribute 'colour'",
            id="an unknown field",
        ),
        pytest.param("<a>\n{{ 1 / 0 }}</a>", "line 2: the template cannot be used: division by zero", id="a failure"),
        pytest.param(
            "{% extends 'other.xml' %}",
            "line 1: the template cannot be used: no loader",
            id="another file",
        ),
        pytest.param(
            "<a>\n  <b>{{ app.name }}</a>",
            "not well-formed XML: mismatched tag at line 2 of the feed, column 24: <b>Acme &amp; Notes</a>",
            id="elements that do not match",
        ),
        pytest.param("<a>{{ app.name | safe }}</a>", "not well-formed XML", id="escaping switched off"),
        pytest.param("<sparkle:a/>", "not well-formed XML: unbound prefix at line 1", id="a prefix nobody declared"),
        pytest.param(
            '{# mine #}\n\n<?xml version="1.0"?><a/>',
            "XML or text declaration not at start of entity at line 2 of the feed",
            id="a line before the declaration",
        ),
        pytest.param("", "not well-formed XML: no element found", id="nothing"),
        pytest.param("<a>{{ '\\ud800' }}</a>", "surrogates not allowed", id="half a surrogate pair"),
        pytest.param(
            '<?xml version="1.0" encoding="iso-8859-1"?><a/>', "declare utf-8 in its first line", id="another encoding"
        ),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_its_file_and_the_reason(text: str, explanation: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        AppcastFeed.with_template(text, NAME)

    assert str(refusal.value).startswith(NAME)
    assert explanation in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_template_that_fails_only_on_the_real_app_is_refused_then(artifact: Builder) -> None:
    feed = AppcastFeed.with_template("<a>{% if app.name == 'Real' %}</b>{% endif %}</a>", NAME)

    with pytest.raises(ConfigurationError, match="mismatched tag"):
        feed.render(App.of("real", "Real", [artifact()]), LINKS)


def test_a_template_may_start_with_a_byte_order_mark_and_the_feed_does_not() -> None:
    feed = AppcastFeed.with_template('\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<a/>\r\n', NAME)

    assert feed.render(App(key="a", name="A"), LINKS) == b'<?xml version="1.0" encoding="UTF-8"?>\n<a/>\n'


@pytest.mark.parametrize(
    ("text", "digests"),
    [
        pytest.param("<a>{% for item in items %}{{ item.title }}{% endfor %}</a>", set(), id="none"),
        pytest.param("<a>{% for item in items %}{{ item.sha256 }}{% endfor %}</a>", {"sha256"}, id="a field"),
        pytest.param("<a>{{ items[0]['sha512'] }}</a>", {"sha512"}, id="a subscript"),
        pytest.param("<a>{{ items | map(attribute='md5') | join }}</a>", {"md5"}, id="the argument of a filter"),
        pytest.param("<a>{% if items[0].sha1 %}{{ items[0].blake2b }}{% endif %}</a>", {"sha1", "blake2b"}, id="two"),
        pytest.param("<a>sha256 {# item.sha256 #}</a>", set(), id="text and comments"),
    ],
)
def test_only_the_digests_that_a_template_mentions_are_required(text: str, digests: set[str]) -> None:
    assert AppcastFeed.with_template(text, NAME).required_digests == digests


def test_the_shipped_template_requires_no_digest() -> None:
    assert AppcastFeed().required_digests == frozenset()
