"""A publication as a value, what one changes over another, and the one that is on offer now."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ota_dev.publishing import Changes, LivePublication, Publication, Publisher
from ota_dev.scan.interface import Skipped

Put = Callable[..., Path]
MakePublisher = Callable[..., Publisher]


@pytest.fixture
def publish(publisher: MakePublisher) -> Callable[[], Publication]:
    """Publish the folder as it is now."""
    return publisher().publish


Publish = Callable[[], Publication]


def test_before_the_first_publication_there_was_nothing(put: Put, publish: Publish) -> None:
    put("Acme-2.0.exe")
    put("Acme-1.0.exe")
    put("Acme-3.0.exe", b"")

    changes = Changes.between(None, publish())

    assert changes == Changes(
        added=("Acme-1.0.exe", "Acme-2.0.exe"),
        replaced=(),
        removed=(),
        skipped=(Skipped(name="Acme-3.0.exe", reason="it is empty"),),
    )


def test_what_is_added_replaced_and_removed_is_told_in_order(put: Put, publish: Publish) -> None:
    for name in ("Acme-1.0.exe", "Acme-2.0.exe", "Acme-3.0.exe", "Acme-4.0.exe", "Acme-5.0.exe"):
        put(name)
    before = publish()
    put("Acme-4.0.exe").unlink()
    put("Acme-2.0.exe").unlink()
    put("Acme-3.0.exe", b"another")
    put("Acme-1.0.exe", b"another")
    put("Acme-7.0.exe")
    put("Acme-6.0.exe")

    changes = Changes.between(before, publish())

    assert changes == Changes(
        added=("Acme-6.0.exe", "Acme-7.0.exe"),
        replaced=("Acme-1.0.exe", "Acme-3.0.exe"),
        removed=("Acme-2.0.exe", "Acme-4.0.exe"),
        skipped=(),
    )
    assert changes


def test_where_nothing_changed_there_are_no_changes(put: Put, publish: Publish, publisher: MakePublisher) -> None:
    put("Acme-1.0.exe")
    put("Acme-2.0.exe", b"")
    before = publish()

    changes = Changes.between(publisher().with_digests(before, frozenset({"sha256"})), publish())

    assert changes == Changes(added=(), replaced=(), removed=(), skipped=())
    assert not changes


@pytest.mark.parametrize("sidecar", ['short_version: "9.0"', "app: Acme Draw", "arch: arm64"])
def test_an_installer_of_which_something_else_is_said_is_replaced(put: Put, publish: Publish, sidecar: str) -> None:
    put("Acme-1.0.exe")
    put("Acme-2.0.exe")
    before = publish()
    put("Acme-1.0.exe.yaml", sidecar)

    assert Changes.between(before, publish()).replaced == ("Acme-1.0.exe",)


def test_only_what_is_newly_skipped_or_for_another_reason_is_told(put: Put, publish: Publish) -> None:
    put("Acme-1.0.exe", b"")
    put("Acme-2.0.exe", b"")
    before = publish()
    put("Acme-2.0.exe.yaml", "version: 2.0")
    put("Acme-3.0.exe", b"")

    changes = Changes.between(before, publish())

    assert [skipped.name for skipped in changes.skipped] == ["Acme-2.0.exe", "Acme-3.0.exe"]


def test_until_the_first_publication_nothing_is_on_offer() -> None:
    live = LivePublication()

    assert live.current is None
    assert not live.first.done()


def test_the_last_publication_that_was_offered_is_on_offer_and_the_first_is_kept(put: Put, publish: Publish) -> None:
    put("Acme-1.0.exe")
    first, second = publish(), publish()
    live = LivePublication()

    live.offer(first)
    live.offer(second)

    assert live.current is second
    assert live.first.result(0) is first


def test_a_publication_that_says_more_takes_the_place_of_the_same_revision(publish: Publish) -> None:
    live = LivePublication()
    publication = publish()
    richer = replace(publication, notices=("more",))
    live.offer(publication)

    live.enrich(richer)

    assert live.current is richer


def test_a_publication_that_says_more_of_an_older_revision_comes_too_late(publish: Publish) -> None:
    live = LivePublication()
    older, newer = publish(), publish()
    live.offer(older)
    live.offer(newer)

    live.enrich(replace(older, notices=("more",)))

    assert live.current is newer


def test_what_says_more_is_not_offered_before_anything_is(publish: Publish) -> None:
    live = LivePublication()

    live.enrich(publish())

    assert live.current is None
