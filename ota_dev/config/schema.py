"""Every setting there is, as one table: the reference, the starter file and all checks come from it. Pure.

A setting's help is the help of its option, and a test holds them together.
"""

from pathlib import Path

from ota_dev.config.setting import Kind, Setting

__all__ = ["SETTINGS"]

SETTINGS = (
    Setting(key="dir", kind=Kind.PATH, default=Path("dist"), help="The folder of installers."),
    Setting(key="recursive", kind=Kind.YES_NO, default=False, help="Also look into the folder's subfolders."),
    Setting(
        key="follow_links",
        kind=Kind.YES_NO,
        default=False,
        help="Follow symbolic links that lead out of the folder.",
    ),
    Setting(
        key="app",
        kind=Kind.TEXT,
        default=None,
        help="Publish only this app of those in the folder; a name that none has is given to all installers.",
    ),
    Setting(
        key="version_from",
        kind=Kind.PATH,
        default=None,
        help="A text file with the version of installers that say none. [default: VERSION in the folder or beside it]",
    ),
    Setting(key="template", kind=Kind.PATH, default=None, help="Your own Jinja2 template for the appcast."),
    Setting(
        key="notes",
        kind=Kind.TEXT,
        default="embed",
        help="Put release notes into the feed, or link to them.",
        choices=("embed", "link"),
    ),
    Setting(key="base_url", kind=Kind.TEXT, default=None, help="The URL that the feed's links begin with."),
    Setting(
        key="static",
        kind=Kind.YES_NO,
        default=False,
        help="Serve the appcast.xml in the folder as the feed, byte for byte.",
    ),
    Setting(
        key="rewrite_urls", kind=Kind.YES_NO, default=False, help="Point the URLs of --static at what is on offer here."
    ),
    Setting(key="poll", kind=Kind.YES_NO, default=False, help="Look at the folder every second; for network drives."),
    Setting(key="no_cache", kind=Kind.YES_NO, default=False, help="Remember nothing about installers between runs."),
    Setting(key="host", kind=Kind.TEXT, default="127.0.0.1", help="The address to listen on; 0.0.0.0 is every one."),
    Setting(key="port", kind=Kind.PORT, default=8080, help="The port; 0 picks a free one."),
    Setting(key="allowed_host", kind=Kind.TEXTS, default=(), help="A host name to answer to; repeatable."),
    Setting(key="tls_cert", kind=Kind.PATH, default=None, help="The PEM certificate for https."),
    Setting(key="tls_key", kind=Kind.PATH, default=None, help="The PEM key of the certificate."),
    Setting(key="sign", kind=Kind.YES_NO, default=False, help="Sign with a TEST key of yours, made on first use."),
    Setting(key="sign_feed", kind=Kind.YES_NO, default=False, help="Sign the feed as a whole, for Sparkle 2.9."),
    Setting(
        key="scenario",
        kind=Kind.TEXTS,
        default=(),
        help="What the feed says instead of the truth: NAME or NAME:parameter=value,…; repeatable.",
    ),
    Setting(
        key="fault",
        kind=Kind.TEXTS,
        default=(),
        help="How answers are disturbed: NAME or NAME:parameter=value,…; repeatable.",
    ),
    Setting(
        key="advertise",
        kind=Kind.TEXT,
        default=None,
        help="Offer the newest installers under a higher version, so that the very build being run sees an update.",
    ),
    Setting(
        key="journal",
        kind=Kind.PATH,
        default=None,
        help="Append every exchange to this file, as a line of JSON; it is rotated.",
    ),
    Setting(
        key="log_format",
        kind=Kind.TEXT,
        default="text",
        help="Lines for people, or JSON.",
        choices=("text", "json"),
    ),
    Setting(
        key="color",
        kind=Kind.TEXT,
        default="auto",
        help="Colour in the lines for people; auto is on a terminal, unless NO_COLOR is set.",
        choices=("auto", "always", "never"),
    ),
    Setting(
        key="language",
        kind=Kind.TEXT,
        default=None,
        help="The language of the start and of the dashboard. [default: the terminal's, and each browser's]",
        choices=("en", "zh"),
    ),
)
