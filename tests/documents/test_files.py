"""YAML documents: what is read, and that an error says where."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ota_dev.documents import Document, load_document, read_keys, suggestion
from ota_dev.documents.document import MOST_PROBLEMS
from ota_dev.documents.files import SIZE_LIMIT
from ota_dev.documents.nodes import DEEPEST
from ota_dev.errors import ConfigurationError

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_document(content: str | bytes) -> Path:
        path = tmp_path / "Acme.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_document


def test_a_mapping_is_read_with_the_line_of_every_key(write: Write) -> None:
    document = load_document(write("# what it is for\nos: macos\n\narch: arm64\n"))

    assert list(document) == ["os", "arch"]
    assert document.text("os") == "macos"
    assert document.lines == {"os": 2, "arch": 4}


@pytest.mark.parametrize("content", ["", "# nothing but a comment\n", "---\n", "null\n"])
def test_a_document_that_says_nothing_is_an_empty_mapping(write: Write, content: str) -> None:
    assert list(load_document(write(content))) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_of_yaml_is_read(write: Write, encoding: str) -> None:
    document = load_document(write("app: Ácme 😀\n".encode(encoding)))

    assert document.text("app") == "Ácme 😀"


@pytest.mark.parametrize(
    ("content", "text"),
    {"no value": ("os:", None), "blanks": ("os: '  '", None), "a block": ("os: |\n  macos\n", "macos")}.values(),
    ids=["no value", "blanks", "a block"],
)
def test_white_space_around_a_text_does_not_count(write: Write, content: str, text: str | None) -> None:
    assert load_document(write(content)).text("os") == text


def test_a_key_that_is_missing_has_no_text(write: Write) -> None:
    assert load_document(write("os: macos")).text("arch") is None


UNQUOTED = {
    "1.10": "the float 1.1",
    "2": "the int 2",
    "1:30": "the int 90",
    "2024-01-15": "the date 2024-01-15",
    "yes": "the bool True",
    "[1, 0]": "the list [1, 0]",
}


@pytest.mark.parametrize(("value", "read_as"), UNQUOTED.items())
def test_an_unquoted_value_that_yaml_does_not_take_for_text_is_told_to_be_quoted(
    write: Write, value: str, read_as: str
) -> None:
    path = write(f"os: macos\nversion: {value}\n")

    with pytest.raises(ConfigurationError) as raised:
        load_document(path).text("version")

    assert str(raised.value) == f"{path}, line 2: version: write it in quotes, YAML reads it as {read_as}"


def test_a_message_shows_only_the_beginning_of_a_long_value(write: Write) -> None:
    document = load_document(write(f"version: {list(range(10_000))}"))

    with pytest.raises(ConfigurationError) as raised:
        document.text("version")

    assert len(str(raised.value)) < 300


NO_YAML = {
    "a second colon": ("os: macos\nversion: a: b\n", ", line 2: this is no YAML: mapping values are not allowed here"),
    "a tab": ("os:\n\tmacos\n", ", line 2: this is no YAML: found character '\\t' that cannot start any token"),
    "an open bracket": ("os: [macos\n", ", line 2: this is no YAML: expected ',' or ']', but got '<stream end>'"),
    "two documents": ("os: macos\n---\nos: linux\n", ", line 2: this is no YAML: but found another document"),
    "an unsafe tag": (
        "os: !!python/object/apply:os.getcwd []",
        ", line 1: this is no YAML: could not determine a constructor for the tag "
        "'tag:yaml.org,2002:python/object/apply:os.getcwd'",
    ),
    "a date that is none": ("version: 2024-13-45", ": this is no YAML: month must be in 1..12"),
    "no text": (b"os: \xff\xfe\xff", ": this is no YAML: invalid start byte"),
    "a control character": (b"os: \x00", ": this is no YAML: special characters are not allowed"),
}


@pytest.mark.parametrize(("content", "message"), NO_YAML.values(), ids=NO_YAML)
def test_what_is_no_yaml_is_named_with_its_line(write: Write, content: str | bytes, message: str) -> None:
    path = write(content)

    with pytest.raises(ConfigurationError) as raised:
        load_document(path)

    assert str(raised.value) == f"{path}{message}"


@pytest.mark.parametrize("content", ["- os\n", "macos", "1: macos\n", "? [os]\n: macos\n"])
def test_what_is_no_mapping_of_texts_is_refused(write: Write, content: str) -> None:
    with pytest.raises(ConfigurationError):
        load_document(write(content))


def test_a_key_that_was_merged_in_has_a_line_too(write: Write) -> None:
    document = load_document(write("<<:\n  os: macos\n  oss: linux\narch: arm64\n"))

    assert document.lines == {"os": 2, "oss": 3, "arch": 4}


def test_a_bomb_of_aliases_is_refused_unexpanded(write: Write) -> None:
    levels = [f"k{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, 30)]

    with pytest.raises(ConfigurationError, match="YAML aliases"):
        load_document(write("\n".join(["k0: &l0 [a]", *levels])))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_document_that_is_too_deep_is_refused_before_it_costs_time(write: Write, opening: str) -> None:
    path = write(opening * (SIZE_LIMIT // len(opening)))

    with pytest.raises(ConfigurationError, match=f"deeper than {DEEPEST} levels|this is no YAML"):
        load_document(path)


def test_a_document_larger_than_any_configuration_is_refused(write: Write) -> None:
    path = write("#" * (SIZE_LIMIT + 1))

    with pytest.raises(ConfigurationError, match="larger than 65,536 bytes"):
        load_document(path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "Acme.yaml"
    os.mkfifo(pipe)

    with pytest.raises(ConfigurationError, match="it is no regular file"):
        load_document(pipe)


def test_a_document_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "Acme.yaml"

    with pytest.raises(ConfigurationError) as raised:
        load_document(path)

    assert str(raised.value) == f"{path} cannot be read (No such file or directory): make it readable"


@given(content=st.one_of(st.binary(max_size=200), st.text("ab:-? \n[]{}&*!|>'\"#<0.", max_size=200)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_a_document_or_cannot_be_used(write: Write, content: str | bytes) -> None:
    path = write(content)

    try:
        document = load_document(path)
    except ConfigurationError:
        return

    assert document.lines.keys() == document.values.keys()


def test_a_mapping_below_has_the_lines_of_its_keys_and_its_key_path(write: Write) -> None:
    path = write("environments:\n\n  development:\n    port: 1\n  'a.b': {port: 2}\n")

    section = load_document(path).section("environments")

    assert section.lines == {"development": 3, "a.b": 5}
    assert str(section.section("development").error("port", "no")) == (
        f"{path}, line 4: environments.development.port: no"
    )
    assert str(section.section("a.b").error("port", "no")) == f'{path}, line 5: environments."a.b".port: no'


def test_the_mappings_in_a_list_have_lines_and_key_paths_too(write: Write) -> None:
    path = write("rules:\n  - a: 1\n  - text\n  - - b: 2\n")

    first, second = load_document(path).nested["rules"]

    assert str(first.error("a", "no")) == f"{path}, line 2: rules[0].a: no"
    assert str(second.error("b", "no")) == f"{path}, line 4: rules[2][0].b: no"


@pytest.mark.parametrize("value", ["text", "1", "[a]", "null"])
def test_what_is_no_mapping_is_no_section(write: Write, value: str) -> None:
    path = write(f"environments: {value}")

    with pytest.raises(ConfigurationError) as raised:
        load_document(path).section("environments")

    assert str(raised.value) == f"{path}, line 1: environments: write keys and values below it, indented"


def test_a_key_that_stands_twice_is_refused_since_one_of_them_would_not_count(write: Write) -> None:
    path = write("a:\n  os: macos\n  arch: arm64\n  os: linux\n")

    with pytest.raises(ConfigurationError) as raised:
        load_document(path)

    assert str(raised.value) == f"{path}, line 4: a.os: line 2 has it too"


def test_a_key_below_must_be_a_text_too(write: Write) -> None:
    path = write("a:\n  1: b")

    with pytest.raises(ConfigurationError) as raised:
        load_document(path)

    assert str(raised.value) == f"{path}, line 2: a key must be a text, so write it in quotes"


@pytest.mark.parametrize(
    ("value", "texts"), [("[a, 'b c']", ("a", "b c")), ("a", ("a",)), ("null", ()), ("''", ()), ("[]", ())]
)
def test_a_list_of_texts_may_be_one_text(write: Write, value: str, texts: tuple[str, ...]) -> None:
    assert load_document(write(f"names: {value}")).texts("names") == texts


def test_only_some_keys_may_be_of_interest(write: Write) -> None:
    document = load_document(write("a: 1\nb: 2\nc: 3"))

    assert list(document.only({"c", "a", "x"})) == ["a", "c"]


def _number(document: Document, key: str) -> int:
    return int(document.values[key])


def test_every_key_is_read_by_its_reader(write: Write) -> None:
    assert read_keys(load_document(write("a: 1\nb: '2'")), {"a": _number, "b": _number, "c": _number}) == {
        "a": 1,
        "b": 2,
    }


def test_all_that_readers_complain_of_is_told_at_once_and_in_order(write: Write) -> None:
    path = write("a: x\nbb: 1\nc: [1]\nd: 4")

    with pytest.raises(ConfigurationError) as raised:
        read_keys(load_document(path), {"a": _number, "b": _number, "c": Document.text, "d": _number})

    assert raised.value.problems == (
        f"{path}, line 1: a: invalid literal for int() with base 10: 'x'",
        f"{path}, line 2: bb: there is no such key, did you mean b?",
        f"{path}, line 3: c: write it in quotes, YAML reads it as the list [1]",
    )


def test_only_so_many_problems_are_told(write: Write) -> None:
    path = write("".join(f"key{number}: 1\n" for number in range(100)))

    with pytest.raises(ConfigurationError) as raised:
        read_keys(load_document(path), {"a": _number})

    assert len(raised.value.problems) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("word", "remedy"),
    [("Prot", "did you mean port?"), ("colour", "use one of host, port"), ("", "use one of host, port")],
)
def test_a_misspelt_word_is_told_what_was_meant(word: str, remedy: str) -> None:
    assert suggestion(word, ["host", "port"]) == remedy
