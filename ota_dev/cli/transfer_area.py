"""Where a terminal shows what is on its way while it lasts. Keeps what is shown; writes nothing itself."""

from collections.abc import Callable

from ota_dev.cli.transfer_lines import transfer_lines
from ota_dev.journal import Exchange, Transfer

__all__ = ["TransferArea"]


class TransferArea:
    """Hand *show* the lines that take the place of those before, none when all is over, for so many columns.

    It is told of transfers and exchanges by one thread.
    """

    def __init__(self, show: Callable[..., None], width: Callable[[], int]) -> None:
        self._show, self._width = show, width
        self._transfers: tuple[Transfer, ...] = ()

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Show *transfers*."""
        self._transfers = transfers
        self._show(*transfer_lines(transfers, self._width()))

    def exchanged(self, exchange: Exchange) -> None:
        """Show its transfer no longer: it gets a line of its own."""
        left = tuple(transfer for transfer in self._transfers if transfer.number != exchange.transfer)
        if len(left) < len(self._transfers):
            self.transferring(left)
