"""Where a terminal shows what is on its way while it lasts. Keeps what is shown; writes nothing itself."""

from collections.abc import Callable

from ota_dev.cli.serving.transfer_lines import transfer_lines
from ota_dev.journal import Exchange, Transfer

__all__ = ["TransferArea"]


class TransferArea:
    """Hand *show* the lines that take the place of those before, none when all is over.

    *width* gives the columns of the terminal; `None` is no terminal, where nothing is shown. One thread calls it.
    """

    def __init__(self, show: Callable[..., None], width: Callable[[], int | None]) -> None:
        self._show, self._width = show, width
        self._transfers: tuple[Transfer, ...] = ()

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Show *transfers*."""
        self._transfers = transfers
        if (width := self._width()) is not None:
            self._show(*transfer_lines(transfers, width - 1))  # A full row would move the cursor on.

    def exchanged(self, exchange: Exchange) -> None:
        """Show its transfer no longer: it gets a line of its own."""
        left = tuple(transfer for transfer in self._transfers if transfer.number != exchange.transfer)
        if len(left) < len(self._transfers):
            self.transferring(left)
