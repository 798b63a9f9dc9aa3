"""A hand-written client against the whole server, over a real port: from the question to a verified installer."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.signing import KeyFormat, PrivateKey, format_public_key
from tests.clients.hand_written.client import HandWrittenClient, get
from tests.clients.hand_written.updates import ClientError
from tests.installers.recipes.appimage import ENTRY, appimage
from tests.installers.recipes.archives import pack_folder
from tests.installers.recipes.deb import deb
from tests.installers.recipes.disk_image import hfs_plus_image
from tests.installers.recipes.mac_apps import ARM64, X86_64
from tests.installers.recipes.msi import msi
from tests.installers.recipes.portable_executable import NSIS_KEYS, nsis_setup

Build = Callable[..., Path]
MakeClient = Callable[..., HandWrittenClient]

MAC_ARM, MAC_INTEL = "Acme-Notes-1.3.0-arm64.dmg", "Acme-Notes-1.3.0-x86_64.dmg"
WINDOWS, LINUX = "Acme-Notes-1.3.0-Setup.exe", "Acme-Notes-1.3.0-linux-x86_64.tar.gz"

MACHINES = {
    "Apple silicon": ("darwin", "arm64", MAC_ARM),
    "an Intel Mac": ("darwin", "x86_64", MAC_INTEL),
    "Windows": ("windows", "AMD64", WINDOWS),
    "Linux": ("linux", "x86_64", LINUX),
}
on_every_machine = pytest.mark.parametrize(("system", "machine", "installer"), MACHINES.values(), ids=MACHINES)


def packed_program(folder: Path) -> Path:
    """Pack a folder with a program, as PyInstaller leaves one behind."""
    program = folder / "shelf" / "acme-notes"
    program.mkdir(parents=True)
    (program / "acme-notes").write_bytes(b"\x7fELF")
    return pack_folder(folder / "shelf", folder / "acme.tar.gz", ".tar.gz")


@pytest.fixture
def releases(build: Build, dist: Path) -> Path:
    """Fill the folder with 1.3.0 for every machine, in kinds that the client refuses too, and with an older one."""
    recipes: Mapping[str, tuple[Callable[..., Path], dict[str, object]]] = {
        MAC_ARM: (hfs_plus_image, {"processors": (ARM64,)}),
        MAC_INTEL: (hfs_plus_image, {"processors": (X86_64,)}),
        WINDOWS: (nsis_setup, {"version_keys": NSIS_KEYS}),
        "Acme-Notes-1.1.0.msi": (msi, {"version": "1.1.0"}),
        LINUX: (packed_program, {}),
        "Acme-Notes-1.3.0-x86_64.AppImage": (appimage, {"entry": ENTRY.replace("1.2.3", "1.3.0")}),
        "acme-notes_1.3.0_amd64.deb": (deb, {"version": "1.3.0"}),
    }
    for name, (recipe, options) in recipes.items():
        shutil.copy(build(recipe, **options), dist / name)
    return dist


@pytest.fixture
def servers() -> Iterator[list[DevServer]]:
    """Hold the servers that were started, the newest last, and stop them."""
    started: list[DevServer] = []
    yield started
    for server in started:
        server.__exit__()


@pytest.fixture
def client(dist: Path, tmp_path: Path, servers: list[DevServer]) -> MakeClient:
    """Serve the folder and make a client: `client(signed_with=key, system="windows", machine="AMD64")`."""

    def make(*, signed_with: PrivateKey | None = None, **options: object) -> HandWrittenClient:
        key = KeyInForce(key=signed_with) if signed_with else None
        server = DevServer(ServerSettings(folder=dist, port=0, key=key))
        server.__enter__()
        servers.append(server)
        downloads = tmp_path / "downloads"
        downloads.mkdir(exist_ok=True)
        told = {"version": "1.2.0", "system": "darwin", "machine": "arm64", **options}
        return HandWrittenClient(server=server.url, folder=downloads, **told)  # type: ignore[arg-type]  # by name

    return make


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


def pem(key: PrivateKey) -> str:
    return format_public_key(key.public_key, KeyFormat.PEM)


@on_every_machine
def test_an_unsigned_update_is_found_downloaded_and_verified(
    *, releases: Path, client: MakeClient, system: str, machine: str, installer: str
) -> None:
    path = client(system=system, machine=machine, requires_signature=True).update()

    assert path
    assert path.name == installer
    assert path.read_bytes() == (releases / installer).read_bytes()


@on_every_machine
@pytest.mark.usefixtures("releases")
def test_a_signed_update_is_verified_with_the_key_that_the_app_carries(
    *, client: MakeClient, key: PrivateKey, system: str, machine: str, installer: str
) -> None:
    asking = client(signed_with=key, system=system, machine=machine, key=pem(key), requires_signature=True)

    found, path = asking.check(), asking.update()

    assert found
    assert found.signature
    assert len(found.signature) == 88
    assert path
    assert path.name == installer


@pytest.mark.usefixtures("releases")
def test_an_app_with_another_key_refuses_what_is_signed(client: MakeClient, key: PrivateKey) -> None:
    with pytest.raises(ClientError, match="signature is wrong"):
        client(signed_with=key, key=pem(PrivateKey.generate())).update()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"version": "1.3.0"}, "nothing newer than 1.3.0"),
        ({"version": "2.0"}, "nothing newer than 2.0"),
        ({"system": "windows", "machine": "AMD64", "version": "1.3"}, "nothing newer than 1.3"),
        ({"system": "linux", "machine": "aarch64"}, "nothing on offer for linux on arm64"),
        (
            {"system": "linux", "machine": "riscv64"},
            "arch: 'riscv64' is no architecture, use arm64, x86_64, x86 or universal",
        ),
        ({"version": "soon"}, "version: 'soon' is no version, write one such as 1.3.0"),
    ],
    ids=["the same", "an older one", "the same, shorter", "another processor", "an unknown processor", "no version"],
)
@pytest.mark.usefixtures("releases")
def test_no_update_has_its_reason_in_the_journal(
    client: MakeClient,
    servers: list[DevServer],
    wait_until: Callable[[Callable[[], object]], None],
    options: dict[str, str],
    reason: str,
) -> None:
    assert client(**options).check() is None

    wait_until(lambda: servers[-1].journal.exchanges)
    [exchange] = servers[-1].journal.exchanges
    assert reason in (exchange.offered, exchange.note)


def test_every_spelling_of_a_processor_gets_the_same(releases: Path, client: MakeClient) -> None:
    arm = {spelling: client(machine=spelling).check() for spelling in ("arm64", "aarch64", "ARM64", "arm64e")}
    intel = {spelling: client(machine=spelling).check() for spelling in ("x86_64", "AMD64", "x64", "amd64")}

    assert {found.url.rpartition("/")[2] for found in arm.values() if found} == {MAC_ARM}
    assert {found.url.rpartition("/")[2] for found in intel.values() if found} == {MAC_INTEL}
    assert {found.size for found in arm.values() if found} == {(releases / MAC_ARM).stat().st_size}


def test_with_several_apps_the_wrong_name_is_no_update_and_the_journal_says_why(
    releases: Path,
    client: MakeClient,
    servers: list[DevServer],
    mac_zip: Callable[..., bytes],
    wait_until: Callable[[Callable[[], object]], None],
) -> None:
    (releases / "Acme-Mail-2.0.zip").write_bytes(mac_zip("2.0", name="Acme Mail"))

    assert client().check() is None

    wait_until(lambda: servers[-1].journal.exchanges)
    assert servers[-1].journal.exchanges[0].note.startswith("There are 2 apps here")


@pytest.mark.usefixtures("releases")
def test_notes_are_shown_as_html(dist: Path, client: MakeClient) -> None:
    (dist / "CHANGELOG.md").write_text("## 1.3.0\n\n- Opens *large* notes faster\n")

    found = client().check()

    assert found
    assert found.description == "<ul>\n<li>Opens <em>large</em> notes faster</li>\n</ul>"


@pytest.mark.parametrize("name", ["Acme Notes 1.3.0.zip", "Acme-Notes-1.3.0-ü&?.zip"])
def test_a_name_is_saved_as_it_is_escaped(
    dist: Path, client: MakeClient, mac_zip: Callable[..., bytes], name: str
) -> None:
    (dist / name).write_bytes(mac_zip("1.3.0"))

    path = client().update()

    assert path
    assert path.read_bytes() == (dist / name).read_bytes()


@pytest.mark.usefixtures("releases")
def test_the_newest_installer_is_one_address_away(dist: Path, client: MakeClient) -> None:
    answer = get(f"{client().server}/api/download?platform=darwin&arch=arm64", 10)

    assert (answer.status_code, answer.history[0].status_code) == (200, 302)
    assert answer.content == (dist / MAC_ARM).read_bytes()
    assert answer.url.endswith(MAC_ARM)


APPCASTS = {
    "Apple silicon, development": ("dev", "darwin", "arm64", MAC_ARM),
    "an Intel Mac, staging": ("staging", "darwin", "x86_64", MAC_INTEL),
    "Windows, production": ("production", "windows", "AMD64", WINDOWS),
}
from_every_appcast = pytest.mark.parametrize(
    ("environment", "system", "machine", "installer"), APPCASTS.values(), ids=APPCASTS
)


@pytest.mark.parametrize("language", ["en-US", "zh-CN", "fr"])
@pytest.mark.parametrize("is_signed", [False, True], ids=["unsigned", "signed"])
@from_every_appcast
def test_an_update_is_found_in_the_appcast_of_every_environment_and_language(
    *,
    releases: Path,
    client: MakeClient,
    key: PrivateKey,
    environment: str,
    system: str,
    machine: str,
    installer: str,
    language: str,
    is_signed: bool,
) -> None:
    asking = client(
        signed_with=key if is_signed else None,
        environment=environment,
        system=system,
        machine=machine,
        language=language,
        key=pem(key),
        requires_signature=is_signed,
    )

    path = asking.update()

    assert path
    assert path.name == installer
    assert path.read_bytes() == (releases / installer).read_bytes()


@pytest.mark.parametrize(
    ("language", "text"), [("zh-CN", "更快"), ("en-US", "Faster"), ("fr", "Faster")], ids=["Chinese", "none", "another"]
)
@from_every_appcast
def test_an_appcast_shows_the_notes_of_its_language(
    *,
    releases: Path,
    client: MakeClient,
    environment: str,
    system: str,
    machine: str,
    installer: str,
    language: str,
    text: str,
) -> None:
    (releases / "CHANGELOG.md").write_text("## 1.3.0\n\n- Faster\n")
    (releases / "CHANGELOG.zh-CN.md").write_text("## 1.3.0\n\n- 更快\n", "utf-8")

    found = client(environment=environment, system=system, machine=machine, language=language).check()

    assert found
    assert found.url.endswith(installer)
    assert found.description == f"<ul>\n<li>{text}</li>\n</ul>"


@pytest.mark.parametrize(
    ("environment", "version"), [("dev", "1.4.0"), ("staging", "1.3.0"), ("production", "1.3.0"), ("test", "1.3.0")]
)
def test_only_who_asks_on_a_channel_is_offered_what_is_on_it(
    releases: Path, build: Build, client: MakeClient, environment: str, version: str
) -> None:
    shutil.copy(build(msi, version="1.4.0"), releases / "Acme-Notes-1.4.0.msi")
    (releases / "Acme-Notes-1.4.0.msi.yaml").write_text("channel: dev\n")

    found = client(environment=environment, system="windows", machine="AMD64").check()

    assert found
    assert found.version == version


@pytest.mark.parametrize("version", ["1.3.0", "1.3.0-beta.1", "2.0"])
@pytest.mark.usefixtures("releases")
def test_an_appcast_without_anything_newer_is_no_update(client: MakeClient, version: str) -> None:
    assert client(environment="staging", system="windows", machine="AMD64", version=version).check() is None


@pytest.mark.usefixtures("releases")
def test_with_several_windows_architectures_a_narrowed_appcast_still_says_windows(
    build: Build, dist: Path, client: MakeClient
) -> None:
    shutil.copy(build(msi, version="1.4.0", architecture="x64"), dist / "Acme-Notes-1.4.0-x64.msi")
    shutil.copy(build(msi, version="1.4.0", architecture="x86"), dist / "Acme-Notes-1.4.0-x86.msi")

    found = client(environment="staging", system="windows", machine="AMD64").check()

    assert found
    assert found.url.endswith("Acme-Notes-1.4.0-x64.msi")
