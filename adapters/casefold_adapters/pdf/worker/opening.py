"""Open a source with pdfium, repairing it with pikepdf when pdfium cannot."""

from io import BytesIO
from pathlib import Path

from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.refusal import Refusal

HEADER = b"%PDF-"
HEADER_BYTES_MAX = 1024
"""How far into the file readers look for the header (ISO 32000-1, implementation note 13)."""

OBJECT = b" obj"
"""A file that lost its header still has these, and can be repaired."""

TAIL = b"%%EOF"
TAIL_BYTES_MAX = 2048

DETAIL_CHARACTERS_MAX = 200

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF8", "gif"),
    (b"RIFF", "riff"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "elf"),
    (b"MZ", "exe"),
    (b"<?xml", "xml"),
    (b"<html", "html"),
    (b"<!doctype html", "html"),
)


class Source:
    """An open document, and what is needed to open it again.

    Attributes:
        document: pdfium's handle.
        pages: How many pages there are.
        encrypted: Whether the file as delivered is encrypted.
        repaired: The bytes that pikepdf wrote, if pdfium could not use those of the file.
    """

    def __init__(self, path: str, password: str | None) -> None:
        """Open the file at *path* or raise `Refusal`."""
        self._path = path
        self._password = password
        self.repaired: bytes | None = None
        self.document = native.open_path(path, password)
        self.encrypted = bool(self.document) and native.is_encrypted(self.document)
        self.pages = native.page_count(self.document) if self.document else 0
        if self.pages < 1:
            self._repair(0 if self.document else native.last_error())

    def reopen(self) -> None:
        """Open the same document again, which frees what pdfium cached for the pages already seen."""
        native.close(self.document)
        self._open_again()

    def _open_again(self) -> None:
        if self.repaired is None:
            self.document = native.open_path(self._path, self._password)
        else:
            self.document = native.open_bytes(self.repaired, None)
        if not self.document:
            raise Refusal("damaged", detail="did not open a second time")

    def _repair(self, error: int) -> None:
        if error == native.PASSWORD:
            raise _password_refusal(self._password)
        if error == native.SECURITY:
            raise Refusal("unsupported", detail="security handler")
        if self.document:
            native.close(self.document)
        self.repaired, self.encrypted = rewritten(self._path, self._password)
        self.document = native.open_bytes(self.repaired, None)
        if not self.document:
            raise Refusal("damaged", detail=f"pdfium error {native.last_error()} after repair")
        self.pages = native.page_count(self.document)
        if self.pages < 1:
            raise Refusal("no_pages")


def rewritten(path: str, password: str | None) -> tuple[bytes, bool]:
    """Give the file as pikepdf writes it, decrypted and the same each time, and whether it was encrypted."""
    found = _foreign_kind(path)
    if found:
        raise Refusal("not_pdf", found=found)
    import pikepdf  # Few sources need it, and it takes a tenth of a second to import.

    written = BytesIO()
    try:
        with pikepdf.open(path, password=password or "", suppress_warnings=True) as pdf:
            encrypted = bool(pdf.is_encrypted)
            pdf.save(written, deterministic_id=True, encryption=False)
    except pikepdf.PasswordError:
        raise _password_refusal(password) from None
    except MemoryError:
        raise
    except Exception as error:  # pikepdf raises many kinds on hostile files: PdfError, ValueError, RuntimeError, …
        raise _damage(path, error) from error
    return written.getvalue(), encrypted


def _password_refusal(password: str | None) -> Refusal:
    return Refusal("password_needed" if password is None else "password_wrong")


def _foreign_kind(path: str) -> str | None:
    """Name what the file is if it has neither the header nor an object of a PDF where they are looked for."""
    with Path(path).open("rb") as file:
        head = file.read(HEADER_BYTES_MAX)
    if HEADER in head:
        return None
    start = head.lstrip()[:16].lower()
    named = next((name for mark, name in _SIGNATURES if start.startswith(mark.lower())), None)
    return named or (None if OBJECT in head else "unknown")


def _damage(path: str, error: Exception) -> Refusal:
    with Path(path).open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES_MAX))
        tail = file.read()
    if TAIL not in tail:
        return Refusal("truncated", size_bytes=size)
    return Refusal("damaged", detail=detail_of(error, path))


def detail_of(error: Exception, path: str) -> str:
    """Give the short text of a library's complaint, without the path that it may begin with."""
    return f"{type(error).__name__}: {error}".replace(f"{path}: ", "").replace(path, "the file")[:DETAIL_CHARACTERS_MAX]
