"""The page that documents every rule, made of the rules; `python -m docs.making.reference` writes it. Pure."""

from collections.abc import Iterator

from ota_dev.lint.examples import UNNAMED
from ota_dev.lint.findings import EVERY_CLIENT, OtherClient, Rule
from ota_dev.lint.rules import SUBJECTS
from ota_dev.simulated_client.clients import ClientName, client_named

__all__ = ["rules_page"]

_INTRODUCTION = """\
# The rules of `ota-dev lint`

This page is made of the rules themselves, which are tested on these examples: `python -m docs.making.reference` writes
it. Of a feed only the items are shown where the rest does not matter. How to use them: [lint](../how-to/lint.md).

| severity | |
|---|---|
| error | a client that the item is for fails, refuses or stays silent |
| warning | it does so under conditions that are common, or does something else than was meant |
| note | it is worth knowing |
"""


def rules_page() -> str:
    """Write the whole page in Markdown."""
    return "\n".join([_INTRODUCTION, *(line for subject in SUBJECTS for line in _subject(subject))])


def _subject(subject: str) -> Iterator[str]:
    yield f"## {subject}\n"
    for rule in SUBJECTS[subject]:
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    language = "http" if rule.example.is_answer else rule.example.language
    yield f"### {rule.code}\n"
    yield f"**{rule.title}.** {rule.severity.capitalize()}, for {_clients(rule)}.\n"
    yield f"{_text(rule.consequence)}. {_text(rule.correction)}.\n"
    name = "" if rule.example.name == UNNAMED else f", as `{rule.example.name}`"
    yield f"Bad{name}:\n\n```{language}\n{rule.example.bad.strip(_MARK)}\n```\n"
    yield f"Good:\n\n```{language}\n{rule.example.good}\n```\n"


_MARK = "\ufeff"  # which nobody would see


def _clients(rule: Rule) -> str:
    if rule.clients == EVERY_CLIENT:
        return "every client"
    titles = list(map(_title, rule.clients))
    names = ["hand-written clients" if title == "a" else title for title in titles]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _title(client: ClientName | OtherClient) -> str:
    match client:
        case OtherClient.SQUIRREL_MAC:
            return "Squirrel.Mac"
        case OtherClient.SQUIRREL_WINDOWS:
            return "Squirrel.Windows"
    return client_named(client).title.partition(" ")[0]


def _text(sentence: str) -> str:
    return sentence.replace("&", "&amp;").replace("<", "&lt;")
