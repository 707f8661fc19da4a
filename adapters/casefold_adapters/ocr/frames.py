"""What passes between the program and a recognising worker, beside the frames of `casefold_adapters.pdf.frames`.

Both sides import this file, so it imports nothing but the standard library.
"""

from struct import Struct

READY = b"y"
"""Worker to program, once: the engine is loaded; nothing else."""

JOB = b"j"
"""Program to worker: `JOB_HEAD`, then a page in gray, a byte a pixel."""

JOB_HEAD = Struct("=4I")
"""Width, height, the effort's number, and the seconds of processor time that the page may take."""

WORDS = b"w"
"""Worker to program: a page's words as JSON."""

TOP, FULL, CLOSE = 1, 2, 3
"""How much to do for a page: see `casefold.pages.recognition.Effort`."""

CODES = 4
"""Read its barcodes and nothing else."""
