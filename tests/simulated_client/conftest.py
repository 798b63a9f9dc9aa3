from collections.abc import Iterator

import pytest

from tests.simulated_client.answering import Server


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()
