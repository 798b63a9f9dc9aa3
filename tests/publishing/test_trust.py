"""What an app that carries a public key will make of what is on offer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.grouping import aliases_of, group
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.publishing.trust import trust_notices

OURS, ANOTHER = "T1VSUw==", "QU5PVEhFUg=="


def artifact(version: str, public_key: str | None) -> Artifact:
    facts = Facts.read_from("Info.plist", name="Acme Notes", short_version=version, public_key=public_key)
    return Artifact(
        download_name=f"Acme-Notes-{version}.zip",
        size=1,
        modified=datetime(2026, 1, 2, tzinfo=UTC),
        kind=PackageKind.ZIP,
        platform=Platform.MACOS,
        architecture=Architecture.UNIVERSAL,
        build=Version(version),
        short_version=Version(version),
        facts=facts,
        aliases=aliases_of(facts),
    )


def notices(*artifacts: Artifact, public_key: str | None) -> list[str]:
    return list(trust_notices(group(artifacts), public_key))


def test_an_app_with_a_key_refuses_updates_that_are_not_signed() -> None:
    assert notices(artifact("1.0", OURS), public_key=None) == [
        "Acme-Notes-1.0.zip: this app holds a public key, so it refuses updates without a signature: sign with --key"
    ]


def test_an_app_with_another_key_refuses_what_ours_signed() -> None:
    assert notices(artifact("1.0", ANOTHER), public_key=OURS) == [
        f"Acme-Notes-1.0.zip: this app trusts the key {ANOTHER}, not the one in force, so it refuses what is on offer "
        "as improperly signed: sign with its key, or build it with this one"
    ]


@pytest.mark.parametrize(("own", "public_key"), [(OURS, OURS), (None, OURS), (None, None)])
def test_there_is_nothing_to_say_of_the_same_key_or_of_an_app_without_one(
    own: str | None, public_key: str | None
) -> None:
    assert notices(artifact("1.0", own), public_key=public_key) == []


def test_only_the_newest_installers_are_of_interest() -> None:
    assert notices(artifact("1.0", ANOTHER), artifact("2.0", OURS), public_key=OURS) == []


def test_of_several_newest_installers_each_is_named() -> None:
    newest = [replace(artifact("1.0", ANOTHER), download_name=name) for name in ("a.zip", "b.zip")]

    assert [notice.partition(":")[0] for notice in notices(*newest, public_key=None)] == ["a.zip", "b.zip"]
