"""Trees from YAML, for `casefold.policy.sources`, and back.

Texts, lists and mappings alone: anchors, aliases, tags and more than one document are refused, and every scalar stays
the text that stands there. Whatever is wrong comes back as a value with the line, and `words` says it. Needs the extra
``yaml``.
"""

from casefold_adapters.yaml.reading import (
    BYTES_MAX,
    DEPTH_MAX,
    PARTS_MAX,
    YamlEncoded,
    YamlError,
    YamlMalformed,
    YamlRefused,
    YamlTooLarge,
    YamlUnreadable,
    load,
    parse,
    words,
)
from casefold_adapters.yaml.writing import YamlUnwritable, write

__all__ = [
    "BYTES_MAX",
    "DEPTH_MAX",
    "PARTS_MAX",
    "YamlEncoded",
    "YamlError",
    "YamlMalformed",
    "YamlRefused",
    "YamlTooLarge",
    "YamlUnreadable",
    "YamlUnwritable",
    "load",
    "parse",
    "words",
    "write",
]
