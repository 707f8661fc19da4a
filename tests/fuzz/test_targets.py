"""What the fuzzer once found, and a little of what it starts from, holds without the fuzzer."""

from pathlib import Path

import pytest
from tests.fuzz.targets import TARGETS, seeds

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_corpus_holds(path: Path):
    """Each file goes through the target that its folder is named after."""
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_are_bytes_as_well(name: str):
    """Nothing, and nonsense, are refused and not raised."""
    for data in (b"", b"\x00\xff", b"{", b"[" * 5_000, *seeds().get(name, ())):
        TARGETS[name](data)
