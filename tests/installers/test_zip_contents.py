"""Packages are zips of our own, since the tools that make them run on Windows or need .NET."""

import io
import zipfile

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.installers.zip_archive import ZIP

MANIFEST = '<Package><Identity Name="Acme.AcmeNotes" Publisher="CN=Acme" Version="1.2.3.0"/></Package>'
BUNDLE = '<Bundle><Identity Name="Acme.AcmeNotes" Publisher="CN=Acme" Version="1.2.3.0"/></Bundle>'
NUSPEC = "<package><metadata><id>AcmeNotes</id><version>1.2.3</version></metadata></package>"


def read(members: dict[str, str]) -> Facts:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return ZIP.read(written)


@pytest.mark.parametrize(
    ("members", "version", "source"),
    [
        ({"AcmeNotes.exe": "MZ", "AppxManifest.xml": MANIFEST}, "1.2.3.0", "AppxManifest.xml"),
        (
            {"AcmeNotes_x64.msix": "PK", "AppxMetadata/AppxBundleManifest.xml": BUNDLE},
            "1.2.3.0",
            "AppxBundleManifest.xml",
        ),
        ({"_rels/.rels": "<r/>", "AcmeNotes.nuspec": NUSPEC, "lib/a.exe": "MZ"}, "1.2.3", "AcmeNotes.nuspec"),
    ],
    ids=["msix", "msixbundle", "nupkg"],
)
def test_a_zip_is_what_it_holds_whatever_it_is_called(members: dict[str, str], version: str, source: str) -> None:
    facts = read(members)

    assert (facts.version, facts.sources["version"]) == (version, source)


def test_a_zip_of_anything_else_says_nothing() -> None:
    assert read({"notes.txt": "notes"}) == Facts()
