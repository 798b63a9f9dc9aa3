"""What is on offer, as the page shows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Critical, Policy
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.dashboard import Dashboard, State
from ota_dev.dashboard.views.offer import LONGEST_NOTE, MOST_NOTES, AppOffer, offer_view
from ota_dev.publishing import Publication, StaticFeed

MakeState = Callable[..., State]

HOSTILE = "</iframe><script>alert(1)</script>\"'"


def artifact(version: str = "1.3.0", policy: Policy | None = None, notes: tuple[Note, ...] = ()) -> Artifact:
    return Artifact(
        download_name=f"Acme-Notes-{version}.zip",
        size=1,
        modified=datetime(2026, 1, 2, tzinfo=UTC),
        kind=PackageKind.ZIP,
        platform=Platform.MACOS,
        architecture=Architecture.UNKNOWN,
        build=Version(version),
        short_version=Version(version),
        facts=Facts.read_from("Info.plist", minimum_os="12.0"),
        policy=policy or Policy(),
        notes=Notes.of(notes),
    )


def note(text: str, language: str | None = None, form: NotesFormat = NotesFormat.HTML) -> Note:
    return Note(language=language, format=form, text=text)


def published(*artifacts: Artifact, static_feed: StaticFeed | None = None) -> Publication:
    apps = (App.of("acmenotes", "Acme Notes", artifacts),) if artifacts else ()
    return Publication(catalog=Catalog(apps=apps), files={}, revision=1, static_feed=static_feed)


def offered(state: MakeState, *artifacts: Artifact) -> AppOffer:
    return offer_view(state(publication=published(*artifacts)), {}).apps[0]


def test_what_is_special_about_a_release_is_marked(state: MakeState) -> None:
    policy = Policy(critical=Critical(), phased_rollout_interval=timedelta(days=1))

    marks = [installer.marks for installer in offered(state, artifact(policy=policy), artifact("1.2.0")).installers]

    assert marks == [("critical", "phased_rollout_interval"), ()]


def test_the_systems_are_those_that_clients_are_told(state: MakeState) -> None:
    app = offered(state, artifact(), artifact("1.2.0", Policy(minimum_os="11.0", maximum_os="14")))

    assert [installer.systems for installer in app.installers] == [("12.0", ""), ("11.0", "14")]


def test_notes_that_several_installers_share_are_shown_once(state: MakeState) -> None:
    both = (note("<p>New"), note("新", "zh"))

    app = offered(state, artifact(notes=both), artifact(notes=both), artifact("1.2.0", notes=(note("<p>New"),)))

    assert [(each.version, each.language) for each in app.notes] == [("1.3.0", ""), ("1.3.0", "zh"), ("1.2.0", "")]


def test_notes_are_bounded(state: MakeState) -> None:
    long = tuple(artifact(f"1.{number}", notes=(note("x" * LONGEST_NOTE * 2),)) for number in range(MOST_NOTES * 2))

    notes = offered(state, *long).notes

    assert [len(each.text) for each in notes] == [LONGEST_NOTE] * MOST_NOTES


def test_notes_are_shown_as_text_or_in_a_sandbox(state: MakeState) -> None:
    both = (note(HOSTILE), note(HOSTILE, "zh", NotesFormat.PLAIN_TEXT))
    dashboard = Dashboard(lambda: state(publication=published(artifact(notes=both))))

    page = (dashboard.panel("offer", "en", {}) or b"").decode()

    assert "<script" not in page
    assert page.count("<iframe sandbox srcdoc=") == 1
    assert unescape(page).count(HOSTILE) == 2


def test_a_file_that_is_the_feed_is_named_in_the_place_of_the_newest_release(state: MakeState) -> None:
    for artifacts in ((), (artifact(),)):
        known = state(publication=published(*artifacts, static_feed=StaticFeed()))

        said = (Dashboard(partial(replace, known)).panel("status", "en", {}) or b"").decode()

        assert "The appcast.xml in the folder" in said
        assert "Nothing is on offer" not in said


def test_why_a_file_cannot_be_the_feed_is_said(state: MakeState) -> None:
    known = state(publication=published(static_feed=StaticFeed(problem="there is no appcast.xml")))

    said = (Dashboard(lambda: known).panel("offer", "zh", {}) or b"").decode()

    assert '<span lang="en">there is no appcast.xml</span>' in said
