"""What clients asked and got: exchanges, who asked, sessions, and a bounded journal of them with subscriptions.

Values and one container in memory: it knows no HTTP library and reads no clock. Only `lines` writes, and only where it
is told to.
"""

from ota_dev.journal.clients import Client, asking_client, recognise
from ota_dev.journal.coverage import Coverage
from ota_dev.journal.exchanges import Exchange, Outcome, Subject, describe_offer, described
from ota_dev.journal.expectations import Result, Verdict, judge
from ota_dev.journal.ring import Journal
from ota_dev.journal.samples import Sample, Samples
from ota_dev.journal.sessions import Session, Step, sessions_of
from ota_dev.journal.transfers import Transfer, described_transfer

__all__ = [
    "Client",
    "Coverage",
    "Exchange",
    "Journal",
    "Outcome",
    "Result",
    "Sample",
    "Samples",
    "Session",
    "Step",
    "Subject",
    "Transfer",
    "Verdict",
    "asking_client",
    "describe_offer",
    "described",
    "described_transfer",
    "judge",
    "recognise",
    "sessions_of",
]
