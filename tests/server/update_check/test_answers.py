from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.versions import Version
from ota_dev.server.update_check.answers import no_update, update

MakeArtifact = Callable[..., Artifact]

CURRENT = Version("1.2.0")
SHA256 = "ab" * 32
NOTES = Notes.of(
    [
        Note(language=None, format=NotesFormat.HTML, text="<p>Faster</p>"),
        Note(language="zh-CN", format=NotesFormat.PLAIN_TEXT, text="更快 <b> & 更好\n第二行"),
    ]
)


def offered(newest: Artifact, *languages: str) -> dict[str, object]:
    return update(CURRENT, newest, url="http://127.0.0.1/a.zip", sha256=SHA256, languages=languages)


def test_an_update_is_described_in_every_field(artifact: MakeArtifact) -> None:
    assert offered(artifact("a.zip", notes=NOTES)) == {
        "update_available": True,
        "current_version": "1.2.0",
        "latest_version": "1.3.0",
        "description": "<p>Faster</p>",
        "release_date": "2026-01-02T03:04:05+00:00",
        "download_url": "http://127.0.0.1/a.zip",
        "alternate_url": None,
        "file_size": 1_000,
        "signature": SHA256,
        "sha256": SHA256,
    }


def test_a_signed_update_has_its_signature_and_its_digest(artifact: MakeArtifact) -> None:
    signed = offered(artifact("a.zip", ed25519_signature="c2lnbmVk"))

    assert (signed["signature"], signed["sha256"]) == ("c2lnbmVk", SHA256)


def test_no_update_has_the_same_fields_and_nothing_to_download(artifact: MakeArtifact) -> None:
    newest = artifact("a.zip")

    nothing_newer, nothing_at_all = no_update(CURRENT, newest), no_update(CURRENT, None)

    assert list(nothing_newer) == list(nothing_at_all) == list(offered(newest))
    assert (nothing_newer["latest_version"], nothing_at_all["latest_version"]) == ("1.3.0", None)
    assert (nothing_newer["update_available"], nothing_newer["download_url"], nothing_newer["file_size"]) == (
        False,
        None,
        0,
    )


@pytest.mark.parametrize(
    ("languages", "description"),
    [
        ((), "<p>Faster</p>"),
        (("zh-CN",), "<p>更快 &lt;b&gt; &amp; 更好<br>\n第二行</p>"),
        (("zh_cn", "en"), "<p>更快 &lt;b&gt; &amp; 更好<br>\n第二行</p>"),
        (("fr",), "<p>Faster</p>"),
    ],
    ids=["none", "Chinese as plain text", "another spelling", "one without notes"],
)
def test_notes_are_html_in_the_language_that_is_asked_for(
    languages: tuple[str, ...], description: str, artifact: MakeArtifact
) -> None:
    assert offered(artifact("a.zip", notes=NOTES), *languages)["description"] == description


def test_without_notes_the_description_is_empty(artifact: MakeArtifact) -> None:
    assert offered(artifact("a.zip"))["description"] == ""


def test_a_publication_date_that_was_said_is_given_in_utc(artifact: MakeArtifact) -> None:
    said = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=1)))
    newest = replace(artifact("a.zip"), policy=Policy(publication_date=said))

    assert offered(newest)["release_date"] == "2026-03-01T08:00:00+00:00"
