"""The pages that are kept as they were: `python -m tests.unit.publish.site.golden` writes them."""

from pathlib import Path

from jobtide.model import File
from jobtide.publish.site import paths
from jobtide.publish.write import write_files
from tests.unit.publish.site.building import files

GOLDEN = Path(__file__).parents[3] / "golden" / "site"
KEPT = {
    "home.html": "index.html",
    "list.html": "category/backend.html",
    "job.html": paths.job("greenhouse:quillwort:9"),
    "two-boards.html": paths.job("remoteok:main:101"),
    "closed.html": paths.job("greenhouse:quillwort:30"),
    "moved.html": paths.job("remotive:main:a9"),
    "changes.html": "changes.html",
    "countries.html": "countries.html",
    "sources.html": "sources.html",
    "search.html": "search.html",
    "404.html": "404.html",
    "sitemap.xml": "sitemap-1.xml",
    "robots.txt": "robots.txt",
}


def made():
    """Return the kept pages as they are made now."""
    site = files()
    return {name: site[path] for name, path in KEPT.items()}


if __name__ == "__main__":
    write_files(GOLDEN, [File(path=name, body=body) for name, body in made().items()])
