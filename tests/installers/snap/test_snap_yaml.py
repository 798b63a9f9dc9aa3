import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.installers.snap.snap_yaml import top_level_texts

# What a title or a version is made of, and what means something to YAML. Backslashes would be escapes.
CHARACTERS = "abcXYZ019 .,:#'[]{}&*!|>%@-~+="


def written(title: str) -> str:
    """Write as snapcraft does."""
    content = {"name": "acme-notes", "title": title, "apps": {"acme": {"title": "No"}}, "plugs": ["title"]}
    return yaml.safe_dump(content, sort_keys=False)


@given(st.text(CHARACTERS, min_size=1, max_size=40))
def test_what_a_yaml_writer_wrote_is_read_back(title: str) -> None:
    read = top_level_texts(written(title))

    assert (read["name"], read["title"]) == (["acme-notes"], [title])


@pytest.mark.parametrize("one_line", [None, False], ids=["on one line", "on a line each"])
@given(items=st.lists(st.sampled_from(["amd64", "arm64", "all", "yes", "1.0"]), min_size=1, max_size=6))
def test_a_list_of_either_style_is_read_back(items: list[str], one_line: bool | None) -> None:
    content = {"architectures": items, "title": "Acme Notes"}

    read = top_level_texts(yaml.safe_dump(content, default_flow_style=one_line))

    assert (read["architectures"], read["title"]) == (items, ["Acme Notes"])


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(top_level_texts(text), dict)
