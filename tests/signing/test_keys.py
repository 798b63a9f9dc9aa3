from ota_dev.signing import PrivateKey, PublicKey
from ota_dev.signing.secret import Secret


def test_a_private_key_shows_its_public_half_only(key: PrivateKey) -> None:
    assert repr(key) == f"PrivateKey(seed=<secret of 32 bytes>, public_key={key.public_key!r})"


def test_a_public_key_is_shown_as_clients_read_it(key: PrivateKey) -> None:
    assert str(key.public_key) == "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU="


def test_two_keys_are_equal_when_their_public_halves_are(key: PrivateKey) -> None:
    same = PrivateKey.from_seed(Secret(key.seed.reveal()))

    assert key == same
    assert key != PrivateKey.generate()


def test_every_new_key_is_another() -> None:
    assert PrivateKey.generate().public_key != PrivateKey.generate().public_key


def test_public_keys_can_be_looked_up(key: PrivateKey) -> None:
    assert PublicKey(key.public_key.raw) in {key.public_key}
