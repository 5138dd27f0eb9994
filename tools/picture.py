"""
Make the picture of the README: a published page as a browser shows it.

    python tools/picture.py PAGE.md OUT.png [--width 900] [--dark]

Needs Chromium (`/usr/bin/chromium`) and the package cmarkgfm.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import cmarkgfm

CSS = """
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #59636e; --code: #818b981f; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --soft: #9198a1; --code: #656c7633; } }
body { font: 16px/1.5 "Noto Sans", Helvetica, Arial, sans-serif;
       max-width: 980px; margin: 24px auto; padding: 0 16px; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: 6px 13px; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: 6px; } h3, h5 { margin: 4px 0; }
code { background: var(--code); border-radius: 6px; padding: 3px 6px; font-size: 85%; }
sub { color: var(--soft); } img { vertical-align: middle; }
"""


def main() -> None:
    """Render the page and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--width", type=int, default=900)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--dark", action="store_true")
    chosen = parser.parse_args()
    options = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    body = cmarkgfm.github_flavored_markdown_to_html(chosen.page.read_text("utf-8"), options)
    base = chosen.page.resolve().parent.as_uri()
    html = f'<!doctype html><base href="{base}/"><meta charset="utf-8"><style>{CSS}</style>{body}'
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        dark = ["--blink-settings=preferredColorScheme=0"] if chosen.dark else []
        subprocess.run(
            ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--hide-scrollbars", "--allow-file-access-from-files", *dark,
             f"--user-data-dir={folder}/profile", f"--window-size={chosen.width},{chosen.height}",
             f"--screenshot={chosen.out.resolve()}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


if __name__ == "__main__":
    main()
