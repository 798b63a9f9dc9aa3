"""What flags say of the newest release, over all other places."""

from pathlib import Path

import pytest

from ota_dev.catalog.policy import Informational, Policy
from ota_dev.errors import ConfigurationError
from ota_dev.publishing import Publisher
from ota_dev.scan.rules import Rule, Rules
from ota_dev.scan.sidecars import Sidecar
from ota_dev.store import Store

RULES = Rules((Rule("*", Sidecar(policy=Policy(title="By rule", channel="beta"))),))


def publisher(dist: Path, newest: Policy) -> Publisher:
    for version in ("1.0", "2.0"):
        (dist / f"Acme-{version}.exe").write_bytes(b"an installer")
    return Publisher.of_folder(dist, Store.nowhere(), rules=RULES, newest=newest)


def test_only_the_newest_release_gets_it_over_its_own(dist: Path) -> None:
    (app,) = publisher(dist, Policy(title="By flag")).publish().catalog.apps

    assert [artifact.policy for artifact in app.artifacts] == [
        Policy(title="By flag", channel="beta"),
        Policy(title="By rule", channel="beta"),
    ]


def test_a_policy_that_no_client_could_make_sense_of_is_refused(dist: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        publisher(dist, Policy(informational=Informational())).publish()

    assert raised.value.problems == (
        "Acme-2.0.exe: an informational update is a link and nothing else, so give it one with `link`",
    )


def test_a_change_log_that_cannot_be_used_is_a_notice(dist: Path) -> None:
    (dist / "CHANGELOG.md").write_bytes(b"\xff")

    assert "CHANGELOG.md: it is no text in UTF-8, so save it as such" in publisher(dist, Policy()).publish().notices
