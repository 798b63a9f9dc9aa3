import json
from collections.abc import Callable

import pytest

from ota_dev.cli.app import run

Compare = Callable[..., str]


@pytest.fixture
def compare(capsysbinary: pytest.CaptureFixture[bytes]) -> Compare:
    def answer(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            run(["compare", *arguments])
        assert ended.value.code == 0
        return capsysbinary.readouterr().out.decode()

    return answer


def test_the_answers_of_all_clients_stand_side_by_side(compare: Compare) -> None:
    assert compare("1.0.0-beta.1", "1.0.0").splitlines() == [
        "sparkle           1.0.0-beta.1 is the same as 1.0.0",
        "winsparkle        1.0.0-beta.1 is older than 1.0.0",
        "netsparkle        1.0.0-beta.1 is older than 1.0.0",
        "generic           1.0.0-beta.1 is the same as 1.0.0",
        "electron-updater  1.0.0-beta.1 is older than 1.0.0",
        "velopack          1.0.0-beta.1 is older than 1.0.0",
        "tauri             1.0.0-beta.1 is older than 1.0.0",
    ]


def test_json_says_minus_one_when_the_first_is_older(compare: Compare) -> None:
    assert json.loads(compare("--format", "json", "1.0", "1.0.0")) == {
        "sparkle": 0,
        "winsparkle": -1,
        "netsparkle": -1,
        "generic": 0,
        "electron-updater": -1,  # 1.0 is no semantic version
        "velopack": -1,
        "tauri": -1,
    }


def test_versions_cannot_steer_the_terminal(compare: Compare) -> None:
    assert "\x1b" not in compare("1\x1b[31m", "2")
