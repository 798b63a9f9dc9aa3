import pytest

from ota_dev.catalog.targets import Architecture
from ota_dev.installers.architectures import architectures


@pytest.mark.parametrize("spelling", ["all", "noarch", "any", "neutral", " All "])
def test_a_package_for_every_architecture_is_universal(spelling: str) -> None:
    assert architectures(spelling) == (Architecture.UNIVERSAL,)


def test_several_architectures_are_given_each_once_in_their_order() -> None:
    assert architectures("arm64", "amd64", "aarch64") == (Architecture.ARM64, Architecture.X86_64)


@pytest.mark.parametrize("spelling", ["riscv64", "", "source"])
def test_an_architecture_that_no_client_knows_is_left_out(spelling: str) -> None:
    assert architectures(spelling, "i686") == (Architecture.X86,)
