"""Every scenario there is from the start, in the order in which they are listed. Pure.

What a client does with each was read in, or seen from, Sparkle 2.9, WinSparkle 0.9 and NetSparkle 3.
"""

from types import MappingProxyType

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.scenarios.bends.advertising import Advertised
from ota_dev.scenarios.bends.contents import NothingOnOffer, WithoutNewest, WithSomeNotes
from ota_dev.scenarios.bends.policies import (
    ChannelBeta,
    CriticalUpdate,
    InformationalUpdate,
    MajorUpgrade,
    MaximumOs,
    MinimumOs,
    Phased,
)
from ota_dev.scenarios.bends.relabelling import OlderVersion, SameVersion
from ota_dev.scenarios.scenario import Scenario, Signing
from ota_dev.scenarios.syntax import parse_spec

__all__ = ["NORMAL", "SCENARIOS"]

_MUST_NOT_DOWNLOAD = Expectation(of_client=Expected.MUST_NOT_DOWNLOAD)
_MUST_DOWNLOAD = Expectation(of_client=Expected.MUST_DOWNLOAD_COMPLETELY)
_MUST_REFUSE = Expectation(of_client=Expected.MUST_REFUSE)

_EVERY_CLIENT = "Every client."
_SPARKLE = "Sparkle; the others ignore it and offer the update."
_WHO_CHECKS_INSTALLERS = (
    "Clients that carry a public key; WinSparkle downloads before it looks, "
    "NetSparkle offers nothing without a signature."
)

# What a content delivery network that was never told of a release keeps answering.
_STALE_HEADERS = MappingProxyType(
    {
        "Last-Modified": "Wed, 01 Jan 2020 00:00:00 GMT",
        "Cache-Control": "public, max-age=86400",
        "Age": "43200",
    }
)

NORMAL = Scenario(
    name="normal",
    does="What is in the folder.",
    client_must="Offer what is newer than itself and made for its system.",
    concerns=_EVERY_CLIENT,
)

_ALL = (
    NORMAL,
    Scenario(
        name="update-available",
        does="The newest installers under a higher version, so that the very build being run sees an update.",
        client_must="Offer it, download it and check its signature.",
        concerns=_EVERY_CLIENT,
        bend=Advertised(),
        expect=_MUST_DOWNLOAD,
    ),
    Scenario(
        name="no-update",
        does="No items, in a valid feed.",
        client_must="Say that it is up to date, without an error.",
        concerns=_EVERY_CLIENT,
        bend=NothingOnOffer(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="same-version",
        does="One release: the version that the app has, by what it says of itself or else the newest.",
        client_must="Say that it is up to date; a version is not newer than itself.",
        concerns=_EVERY_CLIENT,
        bend=SameVersion(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="older-version",
        does="The newest installers at version 0.0.1.",
        client_must="Say that it is up to date, and never install an older version over itself.",
        concerns=_EVERY_CLIENT,
        bend=OlderVersion(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="stale-feed",
        does="The newest release left out, with an old Last-Modified and headers that have it cached for a day.",
        client_must="Trust the feed and not its age, and find the release once the feed is fresh, past any cache.",
        concerns="Every client; Sparkle and WinSparkle ask past their caches, others may not.",
        bend=WithoutNewest(),
        headers=_STALE_HEADERS,
    ),
    Scenario(
        name="critical",
        does="The newest release as a critical update.",
        client_must="Offer it at once, without a way to skip it.",
        concerns="Sparkle, WinSparkle and NetSparkle; of a version in `below` only Sparkle takes notice.",
        bend=CriticalUpdate(),
        expect=_MUST_DOWNLOAD,
    ),
    Scenario(
        name="informational",
        does="The newest release only announced, with a link.",
        client_must="Show the link, and neither download nor install anything.",
        concerns=_SPARKLE,
        bend=InformationalUpdate(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="major-upgrade",
        does="The newest release as a major upgrade to every build before it.",
        client_must="Offer it when asked and let it be skipped for good, and never install it silently.",
        concerns=_SPARKLE,
        bend=MajorUpgrade(),
    ),
    Scenario(
        name="phased",
        does="The newest release offered to one of seven groups after another, from now on or from a date.",
        client_must="Offer it in a background check only once its group is due, and at any time when asked.",
        concerns=_SPARKLE,
        bend=Phased(),
    ),
    Scenario(
        name="min-os",
        does="The newest release needs a system from the future.",
        client_must="Not offer it, and say that the system is too old.",
        concerns="Sparkle and WinSparkle; the others ignore it and offer the update.",
        bend=MinimumOs(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="max-os",
        does="The newest release needs a system from the past.",
        client_must="Not offer it, and say that the system is too new.",
        concerns=_SPARKLE,
        bend=MaximumOs(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="channel-beta",
        does="The newest release on the channel beta.",
        client_must="Not offer it to those who did not choose that channel.",
        concerns="Sparkle; for Windows and Linux it is only in the feed of that channel, as their clients know none.",
        bend=ChannelBeta(),
        expect=_MUST_NOT_DOWNLOAD,
    ),
    Scenario(
        name="empty-feed",
        does="No bytes at all.",
        client_must="Report an error, and try again later.",
        concerns=_EVERY_CLIENT,
        faults=(parse_spec("malformed-feed:how=empty"),),
        expect=_MUST_REFUSE,
    ),
    Scenario(
        name="malformed-feed",
        does="A feed that is broken, in a way that can be named.",
        client_must="Report an error, use nothing of it, and try again later.",
        concerns=_EVERY_CLIENT,
        faults=(parse_spec("malformed-feed"),),
        expect=_MUST_REFUSE,
    ),
    Scenario(
        name="unsigned",
        does="Installers without signatures.",
        client_must="Refuse to install it.",
        concerns=_WHO_CHECKS_INSTALLERS,
        signing=Signing.UNSIGNED,
        expect=_MUST_REFUSE,
    ),
    Scenario(
        name="bad-signature",
        does="Real signatures by the right key, of other bytes than the installers have.",
        client_must="Refuse to install it.",
        concerns=_WHO_CHECKS_INSTALLERS,
        signing=Signing.OTHER_BYTES,
        expect=_MUST_REFUSE,
    ),
    Scenario(
        name="wrong-key",
        does="Real signatures of the installers, by another key.",
        client_must="Refuse to install it.",
        concerns=_WHO_CHECKS_INSTALLERS,
        signing=Signing.OTHER_KEY,
        expect=_MUST_REFUSE,
    ),
    Scenario(
        name="bad-feed-signature",
        does="The feed's own signature, in it and beside it, is of other bytes.",
        client_must="Report an error, and use nothing of the feed.",
        concerns="Sparkle 2.9 that demands signed feeds, and NetSparkle where feeds are checked.",
        signing=Signing.OTHER_FEED_BYTES,
        expect=_MUST_REFUSE,
    ),
    Scenario(
        name="missing-notes",
        does="Links to notes that answer 404.",
        client_must="Offer the update all the same, without notes.",
        concerns="Clients that show notes.",
        bend=WithSomeNotes(),
        faults=(parse_spec("status:code=404,target=notes"),),
        links_notes=True,
        expect=_MUST_DOWNLOAD,
    ),
)

SCENARIOS = MappingProxyType({scenario.name: scenario for scenario in _ALL})  # by name
