"""The block that points an app here."""

from pathlib import Path

import pytest

from ota_dev.config import ClientEnvironment, client_block, load_configuration

URL = "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            None,
            ClientEnvironment(name="development", ota_server=URL, appcast_base=URL, channel="dev"),
            id="nothing known of the app",
        ),
        pytest.param(
            ClientEnvironment(
                name="staging",
                ota_server="https://updates.example.com",
                appcast_base="https://bucket.example.com/staging/",
                channel="stable",
            ),
            ClientEnvironment(name="staging", ota_server=URL, appcast_base=f"{URL}/staging", channel="stable"),
            id="an environment of its own",
        ),
    ],
)
def test_the_block_is_the_apps_own_environment_with_this_servers_addresses(
    before: ClientEnvironment | None, after: ClientEnvironment, tmp_path: Path
) -> None:
    (tmp_path / "ota_config.yaml").write_text(client_block(URL, before))

    assert load_configuration(tmp_path).environment == after
