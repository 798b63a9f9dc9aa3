"""What `serve` leaves on disk for as long as it runs: the folder of the demo, and the port for scripts."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ota_dev.errors import ServerError
from ota_dev.operating_system import replace_atomically

__all__ = ["port_in", "temporary_folder"]


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder, and clear it away."""
    # On Windows a file may still be open elsewhere; the system clears its own temporary folder in time.
    with tempfile.TemporaryDirectory(prefix="ota-dev-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def port_in(path: Path, port: int) -> Iterator[None]:
    """Keep *port* in the file at *path*.

    Raises:
        ServerError: the file cannot be written.
    """
    try:
        replace_atomically(path, f"{port}\n".encode())
    except OSError as error:
        raise ServerError(f"--port-file {path} cannot be written: {error.strerror or error}") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
