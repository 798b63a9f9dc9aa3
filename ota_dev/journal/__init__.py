"""What clients asked and got: exchanges, who asked, and a bounded journal of them with subscriptions.

Pure values and one container in memory: it knows no HTTP library, reads no clock, and writes nothing.
"""

from ota_dev.journal.clients import Client, recognise
from ota_dev.journal.exchanges import Exchange, Outcome, describe_offer
from ota_dev.journal.ring import Journal

__all__ = ["Client", "Exchange", "Journal", "Outcome", "describe_offer", "recognise"]
