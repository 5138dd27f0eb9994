"""The text of a CV: Markdown, plain text, PDF or Word. The file is read and nothing is written."""

import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree

from jobtide.errors import ConfigError, UsageError
from jobtide.text import decoded

#: Bytes of a file, and of the one part of a Word file that is read, unpacked.
MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 20 * 2**20
#: Pages of a PDF, and characters of text, that are read: a CV is shorter.
MOST_PAGES = 40
MOST_CHARACTERS = 100_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_cv(path: Path) -> str:
    """Return the text of a CV, at most `MOST_CHARACTERS`.

    Raises:
        UsageError: no such file, of another kind, too large, damaged or without text.
        ConfigError: a PDF, and pypdf is not installed.
    """
    kind = path.suffix.lower()
    if kind not in _READERS:
        raise UsageError(f"{path.name}: a CV is a file of {', '.join(_READERS)}")
    try:
        body = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise UsageError(f"{path.name}: {error.strerror or error}") from None
    if body is None:
        raise UsageError(f"{path.name}: larger than {MOST_BYTES // 2**20} MB; is it a CV?")
    text = _READERS[kind](body, path.name)[:MOST_CHARACTERS]
    if not text.strip():
        raise UsageError(f"{path.name}: holds no text; a scanned picture cannot be read")
    return text


def _plain(body: bytes, name: str) -> str:
    return decoded(body)


def _pdf(body: bytes, name: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise ConfigError("a PDF needs pypdf: pip install 'jobtide[match]'") from None
    try:
        pages = PdfReader(BytesIO(body)).pages
        return "\n".join(pages[at].extract_text() for at in range(min(len(pages), MOST_PAGES)))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{name}: cannot be read as PDF ({type(error).__name__})") from None


def _docx(body: bytes, name: str) -> str:
    """Return the paragraphs of a Word file (ECMA-376, 17.3.1)."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            if archive.getinfo("word/document.xml").file_size > MOST_UNPACKED:
                raise UsageError(f"{name}: unpacks to more than {MOST_UNPACKED // 2**20} MB")
            with archive.open("word/document.xml") as part:
                xml = part.read(MOST_UNPACKED)
        safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(xml, safe)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, etree.XMLSyntaxError) as error:
        raise UsageError(f"{name}: cannot be read as a Word file ({error})") from None
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{_WORD}t"))
        for paragraph in root.iter(f"{_WORD}p")
    )


_READERS = {".md": _plain, ".txt": _plain, ".pdf": _pdf, ".docx": _docx}
