"""Feeds that promise something else than what is downloaded."""

import re

from ota_dev.catalog.releases import Catalog
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.sample import SAMPLE_APP, SAMPLE_LINKS
from ota_dev.scenarios.faults import bend_catalog
from ota_dev.scenarios.faults.promises import WrongHash, WrongLength

CATALOG = Catalog(apps=(SAMPLE_APP,))


def test_a_wrong_length_is_one_byte_more_in_the_feed_and_nothing_else() -> None:
    true, bent = (AppcastFeed().render(each.apps[0], SAMPLE_LINKS) for each in (CATALOG, bent_by_length()))

    assert b'length="1"' in true
    assert re.sub(rb'length="2"', b'length="1"', bent) == true


def bent_by_length() -> Catalog:
    return bend_catalog(CATALOG, [WrongLength()])


def test_every_digit_of_a_wrong_digest_is_another() -> None:
    digests = [artifact.digests["sha256"] for artifact in bend_catalog(CATALOG, [WrongHash()])]

    assert digests == ["f" * 64] * len(digests)


def test_signatures_and_versions_stay_right() -> None:
    bent = bend_catalog(CATALOG, [WrongHash(), WrongLength()])

    assert [(each.ed25519_signature, each.build) for each in bent] == [
        (each.ed25519_signature, each.build) for each in CATALOG
    ]


def test_a_fault_named_twice_bends_once() -> None:
    assert bend_catalog(CATALOG, [WrongHash(), WrongHash()]) == bend_catalog(CATALOG, [WrongHash()])


def test_no_fault_leaves_the_catalog_as_it_is() -> None:
    assert bend_catalog(CATALOG, []) is CATALOG
