"""How Sphinx makes the site of these pages; `python -m docs.making.site` runs it and checks what comes out."""

from sphinx.application import Sphinx

import ota_dev
from docs.making.pages import DOCS, SECTIONS

project = "ota-dev"
release = ota_dev.__version__
extensions = ["myst_parser"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"ota-dev {release}"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_show_search_summary = False  # It would be fetched, which browsers forbid to pages that are files.

myst_heading_anchors = 4  # as on a forge, so that one link works in both places
suppress_warnings = ["misc.highlighting_failure"]  # lint shows broken feeds on purpose, and shells have an ellipsis


def add_navigation(_app: Sphinx, page: str, source: list[str]) -> None:
    """Add every page to the navigation here, so that the pages themselves stay plain Markdown."""
    if page == "index":
        folders = [section for section in SECTIONS if (DOCS / section).is_dir()]
        source[0] += "".join(
            f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {section.capitalize()}\n\n{section}/*\n```\n"
            for section in folders
        )


def setup(app: Sphinx) -> None:
    """Take part in reading the pages."""
    app.connect("source-read", add_navigation)
