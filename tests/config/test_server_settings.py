"""What a server is told, checked."""

from pathlib import Path

import pytest

from ota_dev.config import checked_base_url, feeds_of
from ota_dev.errors import ConfigurationError, UsageError
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.sample import SAMPLE_APP, SAMPLE_LINKS

BASE_URLS = {
    "https://updates.example.com": "https://updates.example.com",
    "https://updates.example.com/": "https://updates.example.com",
    "https://updates.example.com/acme/notes//": "https://updates.example.com/acme/notes",
    "http://127.0.0.1:8080": "http://127.0.0.1:8080",
    "http://[::1]:8080/downloads": "http://[::1]:8080/downloads",
    "https://updates.example.com/a%20b": "https://updates.example.com/a%20b",
}


@pytest.mark.parametrize(("text", "base_url"), BASE_URLS.items())
def test_a_base_url_is_given_without_a_final_slash(text: str, base_url: str) -> None:
    assert checked_base_url(text) == base_url


PROBLEMS = {
    "no scheme": ("updates.example.com", "it must begin with http:// or https:// and a host name"),
    "another scheme": ("ftp://updates.example.com", "it must begin with http:// or https:// and a host name"),
    "no host": ("https:///acme", "it must begin with http:// or https:// and a host name"),
    "nothing": ("", "it must begin with http:// or https:// and a host name"),
    "a query": ("https://example.com/?a=b", "links are appended to it, so it can have no ? and no #"),
    "an empty query": ("https://example.com/?", "links are appended to it, so it can have no ? and no #"),
    "a fragment": ("https://example.com/#a", "links are appended to it, so it can have no ? and no #"),
    "an empty fragment": ("https://example.com#", "links are appended to it, so it can have no ? and no #"),
    "half an address": ("https://[::1", "Invalid IPv6 URL"),
    "a port that is none": ("https://example.com:99999", "Port out of range 0-65535"),
    "a port that is no number": ("https://example.com:port", "Port could not be cast to integer value"),
    "a blank": ("https://example.com/a b", "percent-encode all but plain letters, digits and marks"),
    "a newline": ("https://example.com/a\n", "percent-encode all but plain letters, digits and marks"),
    "a letter with an accent": ("https://example.com/ä", "percent-encode all but plain letters, digits and marks"),
}


@pytest.mark.parametrize(("text", "reason"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_base_url_that_no_link_can_begin_with_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked_base_url(text)

    assert str(raised.value).startswith("--base-url ")
    assert reason in str(raised.value)


def test_without_a_template_the_appcast_is_the_one_that_comes_along() -> None:
    feed = feeds_of(None).main

    assert feed.render(SAMPLE_APP, SAMPLE_LINKS) == AppcastFeed().render(SAMPLE_APP, SAMPLE_LINKS)


def test_the_appcast_is_made_with_the_users_own_template(tmp_path: Path) -> None:
    template = tmp_path / "mine.xml.j2"
    template.write_text("<rss>mine</rss>", "utf-8-sig")

    assert feeds_of(template).main.render(SAMPLE_APP, SAMPLE_LINKS) == b"<rss>mine</rss>"


def test_a_template_that_is_missing_is_named_with_the_reason(tmp_path: Path) -> None:
    template = tmp_path / "mine.xml.j2"

    with pytest.raises(ConfigurationError) as raised:
        feeds_of(template)

    assert str(raised.value) == (
        f"{template}: the template cannot be read (No such file or directory): check --template"
    )


def test_a_template_that_is_no_text_is_named(tmp_path: Path) -> None:
    template = tmp_path / "mine.xml.j2"
    template.write_bytes(b"<rss>\xff</rss>")

    with pytest.raises(ConfigurationError) as raised:
        feeds_of(template)

    assert str(raised.value) == f"{template}: the template is no UTF-8 text: save it as that"


def test_a_template_that_cannot_be_used_is_named_before_anything_is_served(tmp_path: Path) -> None:
    template = tmp_path / "mine.xml.j2"
    template.write_text("<rss>\n{{ app.colour }}</rss>")

    with pytest.raises(ConfigurationError, match=r"mine\.xml\.j2, line 2: the template cannot be used"):
        feeds_of(template)
