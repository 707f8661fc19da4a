"""Refused files and failed splits in words: what is wrong, and how to mend it."""

from casefold_adapters.pdf import refusals as pdf
from casefold_adapters.pdf import values
from casefold_adapters.pdf.refusals import PdfRefused
from casefold_adapters.pdf.values import SplitFault


def refusal_words(refused: PdfRefused) -> str:
    """Say why a file cannot be worked with, and the mend."""
    match refused:
        case pdf.Missing():
            return "there is no such file; check the path"
        case pdf.NotAFile():
            return "it is not a file; name a PDF, or a folder of PDFs"
        case pdf.NotReadable():
            return "the system does not let this user read it; check its permissions"
        case pdf.Empty():
            return "it has no bytes; copy or scan it again"
        case pdf.TooLarge(size, most):
            return f"it has {size:,} bytes and {most:,} are opened at most; split it"
        case pdf.NotPdf(found):
            kind = "it is not a PDF" if found == "unknown" else f"it is not a PDF but looks like {found}"
            return f"{kind}; convert it to PDF, PNG, JPEG or TIFF"
        case pdf.PasswordNeeded():
            return "it is encrypted; give its password with --password-file"
        case pdf.PasswordWrong():
            return "the password does not open it; check --password-file"
        case pdf.Unsupported(detail):
            return f"it asks for something unsupported ({detail}); print it to a new PDF"
        case pdf.Truncated(size):
            return f"it breaks off after {size:,} bytes; copy it again"
        case pdf.Damaged(detail):
            return f"it is damaged beyond repair ({detail}); ask for a new copy"
        case pdf.NoPages():
            return "it has no pages; ask for a new copy"
        case pdf.TooManyPages(pages, most):
            return f"it has {pages:,} pages and {most:,} are read at most; raise --pages-max or split it"
        case pdf.TookTooLong(seconds):
            return f"reading it was stopped after {seconds:.0f} s; print it to a new PDF"
        case pdf.TooMuchMemory(memory):
            return f"reading it was stopped at {memory // 2**20:,} MiB of memory; print it to a new PDF"
        case pdf.Crashed(detail):
            return f"the PDF reader crashed on it ({detail}); print it to a new PDF"


def split_words(fault: SplitFault) -> str:
    """Say why a document was not written."""
    match fault:
        case values.NoSuchPage(page, pages):
            return f"the source has no page {page} of {pages}"
        case values.OtherPageCount(pages, expected):
            return f"it came out with {pages} pages instead of {expected}"
        case values.OtherWords(page):
            return f"the text of source page {page} came out changed"
        case values.NotWritten(detail):
            return detail
        case _:
            return refusal_words(fault)
