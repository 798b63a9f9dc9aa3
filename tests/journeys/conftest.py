"""Real servers of a folder of installers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.serving import Serving


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """Start `ota-dev serve` on a free port, in the folder that has `dist` in it."""
    with ExitStack() as stack:

        def start(*arguments: str, **environment: str) -> Serving:
            serving = Serving(("--port", "0", *arguments), tmp_path, environment)
            stack.callback(serving.close)
            return serving

        yield start


@pytest.fixture
def notes(dist: Path, mac_zip: Callable[..., bytes]) -> Path:
    """Put an installer of Acme Notes 1.3.0 into the folder."""
    path = dist / "Acme-Notes-1.3.0.zip"
    path.write_bytes(mac_zip("1.3.0"))
    return path
