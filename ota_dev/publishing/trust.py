"""What an app that carries a public key of its own will make of what is on offer. Pure."""

from collections.abc import Iterator

from ota_dev.catalog.releases import Catalog

__all__ = ["trust_notices"]


def trust_notices(catalog: Catalog, public_key: str | None) -> Iterator[str]:
    """Say of each app's newest installers that carry a key whether the app will refuse what is on offer.

    *public_key* is the base64 of the key in force; `None` means that updates are not signed. Sparkle refuses either in
    words that do not tell which half is wrong.
    """
    for app in catalog.apps:
        for artifact in app.newest.artifacts if app.newest else ():
            own = artifact.facts.public_key
            name = artifact.download_name
            if own and public_key is None:
                yield f"{name}: this app holds a public key, so it refuses updates without a signature: sign with --key"
            elif own and own != public_key:
                yield (
                    f"{name}: this app trusts the key {own}, not the one in force, so it refuses what is on offer as "
                    "improperly signed: sign with its key, or build it with this one"
                )
