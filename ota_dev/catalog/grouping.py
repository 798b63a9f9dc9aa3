"""Which artifacts belong to one app.

- Artifacts that share a normalised name belong together: the last part of an identifier, the product's name, the stem
  of the file name.
- Two different macOS bundle identifiers are two apps, whatever names they share.
- Whoever names the app of an artifact has the last word.
- Artifacts with no name at all belong to the only app there is, if there is just one.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.releases import App, Catalog

__all__ = ["aliases_of", "group", "normalise"]

UNNAMED = "app"


@lru_cache(maxsize=1024)  # a folder of thousands of installers has a handful of names
def normalise(name: str) -> str:
    """Reduce a name to lower-case letters and digits, so that `Acme Notes` and `acme-notes` are one."""
    return "".join(character for character in name.casefold() if character.isalnum())


def aliases_of(*known: Facts) -> tuple[str, ...]:
    """Give the normalised names under which several sources know one installer, without repetition."""
    names = [facts.name for facts in known] + [(facts.identifier or "").rpartition(".")[2] for facts in known]
    return tuple(dict.fromkeys(filter(None, (normalise(name or "") for name in names))))


def group(artifacts: Iterable[Artifact]) -> Catalog:
    """Group artifacts into apps; the same artifacts in any order give the same catalog."""
    identified: dict[str, list[Artifact]] = {}
    named: list[Artifact] = []
    unnamed: list[Artifact] = []
    for artifact in sorted(artifacts, key=lambda artifact: artifact.download_name):
        if identifier := _bundle_identifier(artifact):
            identified.setdefault(identifier, []).append(artifact)
        else:
            (named if _aliases(artifact) else unnamed).append(artifact)
    apps = _join(identified, _clusters(named))
    if unnamed:
        (apps[0] if len(apps) == 1 else _appended(apps)).extend(unnamed)
    return Catalog(apps=_named_apps(apps))


def _bundle_identifier(artifact: Artifact) -> str | None:
    return None if artifact.app or not artifact.bundle_identifier else artifact.bundle_identifier.casefold()


def _aliases(artifact: Artifact) -> tuple[str, ...]:
    return (normalise(artifact.app) or UNNAMED,) if artifact.app else artifact.aliases


def _clusters(named: Sequence[Artifact]) -> dict[frozenset[str], list[Artifact]]:
    """Put together what shares an alias, directly or through others; the key is all aliases of the cluster."""
    parents: dict[str, str] = {}

    def root(alias: str) -> str:
        while (parent := parents.setdefault(alias, alias)) != alias:
            parents[alias] = parents[parent]
            alias = parent
        return alias

    for artifact in named:
        first, *others = _aliases(artifact)
        for alias in others:
            parents[root(alias)] = root(first)
        root(first)
    aliases: dict[str, set[str]] = {}
    for alias in list(parents):
        aliases.setdefault(root(alias), set()).add(alias)
    keys = {alias: frozenset(names) for alias, names in aliases.items()}
    clusters: dict[frozenset[str], list[Artifact]] = {}
    for artifact in named:
        clusters.setdefault(keys[root(_aliases(artifact)[0])], []).append(artifact)
    return clusters


def _join(
    identified: dict[str, list[Artifact]], clusters: dict[frozenset[str], list[Artifact]]
) -> list[list[Artifact]]:
    owners: dict[str, str] = {}
    for identifier in sorted(identified):
        for alias in {alias for artifact in identified[identifier] for alias in artifact.aliases}:
            owners.setdefault(alias, identifier)
    apart = []
    for aliases, members in clusters.items():
        owner = next((owners[alias] for alias in sorted(aliases) if alias in owners), None)
        if owner is None:
            apart.append(members)
        else:
            identified[owner].extend(members)
    return [*identified.values(), *apart]


def _appended(apps: list[list[Artifact]]) -> list[Artifact]:
    apps.append([])
    return apps[-1]


def _named_apps(apps: list[list[Artifact]]) -> tuple[App, ...]:
    named: dict[str, App] = {}
    for members in apps:
        name = _display_name(members)
        key = base = normalise(name) or UNNAMED
        identifier = next(filter(None, map(_bundle_identifier, members)), "")
        if key in named:
            key = normalise(identifier) or base
        number = 2
        while key in named:
            key, number = f"{base}{number}", number + 1
        named[key] = App.of(key, name, members)
    return tuple(named[key] for key in sorted(named))


def _display_name(members: Sequence[Artifact]) -> str:
    """Prefer what somebody said, then what an installer says of itself, then the newest installer's file name."""

    def rank(artifact: Artifact) -> tuple[bool, bool]:
        return bool(artifact.app), artifact.facts.sources.get("name") != "file name"

    named = [artifact for artifact in members if artifact.app or artifact.facts.name]
    if not named:
        return UNNAMED
    newest_first = sorted(named, key=lambda artifact: artifact.build.order, reverse=True)
    best = max(newest_first, key=rank)
    return best.app or best.facts.name or UNNAMED
