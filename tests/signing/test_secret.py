import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import asdict

import pytest

from ota_dev.signing import PrivateKey
from ota_dev.signing.secret import Secret


def test_a_secret_says_only_how_long_it_is() -> None:
    secret = Secret(b"hunter2")

    assert (repr(secret), str(secret), f"{secret}", len(secret)) == (*("<secret of 7 bytes>",) * 3, 7)


def test_a_secret_is_given_away_on_demand_only() -> None:
    assert Secret(b"hunter2").reveal() == b"hunter2"


@pytest.mark.parametrize(
    "give_away",
    [pickle.dumps, copy.copy, copy.deepcopy, json.dumps],
    ids=["pickling", "copying", "copying deeply", "JSON"],
)
def test_a_secret_does_not_leave_by_accident_through(give_away: Callable[[object], object]) -> None:
    with pytest.raises(TypeError) as caught:
        give_away(Secret(b"hunter2"))

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("give_away", [pickle.dumps, asdict], ids=["pickling", "a dataclass as a dict"])
def test_a_private_key_does_not_leave_by_accident_through(
    give_away: Callable[[PrivateKey], object], key: PrivateKey
) -> None:
    with pytest.raises(TypeError, match="a secret is neither pickled nor copied"):
        give_away(key)
