"""Writes every generated part of the reference anew."""

from docs.making.reference.parts import GENERATED_PAGES, rewritten

for page in GENERATED_PAGES:
    text = rewritten(page)
    if text != page.read_text("utf-8"):
        page.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {page}")
