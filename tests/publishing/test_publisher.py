"""Publications of a folder, one after another."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.errors import PublishingError
from ota_dev.publishing import Publication, Publisher
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.signing import PrivateKey, verify_file
from ota_dev.store import Store

Put = Callable[..., Path]
MakePublisher = Callable[..., Publisher]
MacZip = Callable[..., bytes]

SHA256 = frozenset({"sha256"})


def apps(publication: Publication) -> dict[str, list[str]]:
    return {app.name: [artifact.download_name for artifact in app.artifacts] for app in publication.catalog.apps}


def digests(publication: Publication) -> dict[str, dict[str, str]]:
    return {artifact.download_name: dict(artifact.digests) for artifact in publication.catalog}


def test_a_publication_holds_the_catalog_and_where_its_files_are(put: Put, publisher: MakePublisher) -> None:
    path = put("Acme-Notes-1.0.exe")
    put("Acme-Notes-2.0.exe")
    put("README.txt")

    publication = publisher().publish()

    assert apps(publication) == {"Acme Notes": ["Acme-Notes-2.0.exe", "Acme-Notes-1.0.exe"]}
    file = publication.files["Acme-Notes-1.0.exe"]
    assert (file.path, file.identity) == (path, FileIdentity.of(path.stat()))
    assert file.media_type == "application/vnd.microsoft.portable-executable"
    assert publication.other_files == 1


def test_a_publication_says_what_was_skipped_and_what_is_worth_knowing(
    put: Put, publisher: MakePublisher, mac_zip: MacZip
) -> None:
    put("Acme-Notes-1.0.exe", b"")
    put("Acme-Notes-1.2.zip", mac_zip("1.3"))

    publication = publisher().publish()

    assert [skipped.name for skipped in publication.skipped] == ["Acme-Notes-1.0.exe"]
    assert publication.notices == ("Acme-Notes-1.2.zip: the file name says 1.2, the Info.plist says 1.3: 1.3 is used",)


def test_every_publication_has_a_higher_revision(publisher: MakePublisher) -> None:
    making = publisher()

    revisions = [making.publish().revision, making.nothing("it is gone").revision, making.publish().revision]

    assert revisions == [1, 2, 3]


def test_publishing_again_what_changed_keeps_all_the_rest(put: Put, publisher: MakePublisher) -> None:
    put("Acme-1.0.exe")
    making = publisher()
    making.publish()

    publication = making.publish(frozenset({put("Acme-2.0.exe")}))

    assert list(publication.files) == ["Acme-1.0.exe", "Acme-2.0.exe"]


def test_an_older_publication_does_not_change_with_a_newer(put: Put, publisher: MakePublisher) -> None:
    put("Acme-1.0.exe")
    making = publisher()
    before = making.publish()

    making.publish(frozenset({put("Acme-2.0.exe")}))

    assert list(before.files) == ["Acme-1.0.exe"]


def test_a_folder_that_is_missing_is_an_error(publisher: MakePublisher, dist: Path) -> None:
    dist.rmdir()

    with pytest.raises(PublishingError):
        publisher().publish()


def test_nothing_is_published_with_the_reason(publisher: MakePublisher) -> None:
    publication = publisher().nothing("dist is not there")

    assert (publication.catalog.apps, dict(publication.files)) == ((), {})
    assert publication.notices == ("dist is not there",)


def test_the_app_that_is_asked_for_is_chosen_and_the_others_are_skipped(put: Put, publisher: MakePublisher) -> None:
    put("Acme-Notes-1.0.exe")
    put("Acme-Draw-1.0.exe")
    put("Acme-Draw-2.0.exe", b"")

    publication = publisher(app="acme notes").publish()

    assert apps(publication) == {"Acme Notes": ["Acme-Notes-1.0.exe"]}
    assert list(publication.files) == ["Acme-Notes-1.0.exe"]
    assert {skipped.name: skipped.reason for skipped in publication.skipped} == {
        "Acme-Draw-1.0.exe": "it belongs to Acme Draw, and --app chose Acme Notes",
        "Acme-Draw-2.0.exe": "it is empty",
    }


def test_an_app_that_no_installer_names_is_given_to_all(put: Put, publisher: MakePublisher) -> None:
    put("notes-setup-1.0.exe")
    put("an-1.1.exe")

    publication = publisher(app="Acme Notes").publish()

    assert apps(publication) == {"Acme Notes": ["an-1.1.exe", "notes-setup-1.0.exe"]}
    assert publication.skipped == ()


def test_digests_are_added_to_every_artifact(put: Put, publisher: MakePublisher) -> None:
    put("Acme-Notes-1.0.exe", b"one")
    put("Acme-Draw-2.0.exe", b"two")
    making = publisher()

    publication = making.with_digests(making.publish(), SHA256)

    assert digests(publication) == {
        "Acme-Notes-1.0.exe": {"sha256": hashlib.sha256(b"one").hexdigest()},
        "Acme-Draw-2.0.exe": {"sha256": hashlib.sha256(b"two").hexdigest()},
    }


def test_digests_that_are_added_later_leave_those_before(put: Put, publisher: MakePublisher) -> None:
    put("Acme-1.0.exe")
    making = publisher()

    publication = making.with_digests(making.with_digests(making.publish(), frozenset({"sha512"})), SHA256)

    assert sorted(digests(publication)["Acme-1.0.exe"]) == ["sha256", "sha512"]


def test_a_publication_with_digests_is_of_the_same_revision(put: Put, publisher: MakePublisher) -> None:
    put("Acme-1.0.exe")
    making = publisher()
    publication = making.publish()

    assert making.with_digests(publication, SHA256).revision == publication.revision


def test_a_file_without_a_digest_is_one_notice_however_often_it_is_asked_for(
    put: Put, publisher: MakePublisher
) -> None:
    path = put("Acme-1.0.exe", b"one")
    making = publisher()
    publication = making.publish()
    path.write_bytes(b"another")

    publication = making.with_digests(making.with_digests(publication, SHA256), SHA256)

    assert digests(publication) == {"Acme-1.0.exe": {}}
    assert publication.notices == (f"{path} changed while it was read: its digest follows once it has settled",)


def test_a_publication_lacks_only_what_nobody_remembers(put: Put, publisher: MakePublisher, store: Store) -> None:
    put("Acme-1.0.exe", b"12345")
    before = publisher(store=store)
    before.with_digests(before.publish(), SHA256)
    put("Acme-2.0.exe", b"123")
    after = publisher(store=store)

    assert after.incomplete_bytes(after.publish(), SHA256) == 3


def test_an_installer_that_lands_costs_only_its_own_bytes(put: Put, publisher: MakePublisher) -> None:
    put("Acme-1.0.exe", b"12345")
    making = publisher()
    making.with_digests(making.publish(), SHA256)

    publication = making.publish(frozenset({put("Acme-2.0.exe", b"123")}))

    assert making.incomplete_bytes(publication, SHA256) == 3


def test_deltas_are_published_with_the_installer_that_they_lead_to(
    put: Put, publisher: MakePublisher, mac_zip: MacZip
) -> None:
    put("Acme-Notes.zip", mac_zip("1.3.0"))
    path = put("Acme Notes1.3.0-1.2.0.delta", b"delta")

    publication = publisher().publish()

    (artifact,) = publication.catalog
    assert artifact.download_names == ("Acme-Notes.zip", path.name)
    file = publication.files[path.name]
    assert (file.path, file.identity.size, file.media_type) == (path, 5, "application/octet-stream")


def test_a_delta_that_leads_nowhere_is_skipped_with_the_reason(
    put: Put, publisher: MakePublisher, mac_zip: MacZip
) -> None:
    put("Acme-Notes.zip", mac_zip("1.3.0"))
    put("Acme Notes1.2.0-1.1.0.delta")

    publication = publisher().publish()

    assert list(publication.files) == ["Acme-Notes.zip"]
    assert [skipped.name for skipped in publication.skipped] == ["Acme Notes1.2.0-1.1.0.delta"]


def test_deltas_of_an_app_that_was_not_chosen_are_skipped_with_it(
    put: Put, publisher: MakePublisher, mac_zip: MacZip
) -> None:
    for name in ("Acme Notes", "Acme Draw"):
        put(f"{name}.zip", mac_zip("1.3.0", name=name))
        put(f"{name}1.3.0-1.2.0.delta")

    publication = publisher(app="Acme Notes").publish()

    assert sorted(publication.files) == ["Acme Notes.zip", "Acme Notes1.3.0-1.2.0.delta"]
    assert {skipped.name: skipped.reason for skipped in publication.skipped} == dict.fromkeys(
        ["Acme Draw.zip", "Acme Draw1.3.0-1.2.0.delta"], "it belongs to Acme Draw, and --app chose Acme Notes"
    )


def test_deltas_are_signed_as_installers_are(put: Put, publisher: MakePublisher, mac_zip: MacZip) -> None:
    key = PrivateKey.generate()
    put("Acme-Notes.zip", mac_zip("1.3.0"))
    path = put("Acme Notes1.3.0-1.2.0.delta", b"delta")
    making = publisher(signer=KeyInForce(key=key).file_signer)

    (artifact,) = making.complete(making.publish(), frozenset()).catalog

    (delta,) = artifact.deltas
    assert verify_file(path, delta.ed25519_signature or "", key.public_key).is_good
