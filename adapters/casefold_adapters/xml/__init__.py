"""Read XML into trees that the core understands, and write such trees.

Nothing outside the bytes is ever asked for, and nothing in them can grow: a document type is refused before the parser
sees it, so that there are no entities, no defaults and no references; bytes, elements and nesting have a bound.
"""

from casefold_adapters.xml.reading import (
    BYTES_MAX,
    DEPTH_MAX,
    ELEMENTS_MAX,
    XmlEncoded,
    XmlError,
    XmlHasDoctype,
    XmlMalformed,
    XmlOtherRoot,
    XmlTooLarge,
    XmlUnreadable,
    load,
    parse,
    words,
)
from casefold_adapters.xml.writing import XmlUnwritable, write

__all__ = [
    "BYTES_MAX",
    "DEPTH_MAX",
    "ELEMENTS_MAX",
    "XmlEncoded",
    "XmlError",
    "XmlHasDoctype",
    "XmlMalformed",
    "XmlOtherRoot",
    "XmlTooLarge",
    "XmlUnreadable",
    "XmlUnwritable",
    "load",
    "parse",
    "words",
    "write",
]
