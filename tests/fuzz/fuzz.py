"""Fuzz loaders and evaluators, guided by coverage: `python -m tests.fuzz.fuzz [SECONDS] [TARGET ...]`.

Each target runs in a process of its own. What it raises ends that process, and the bytes that made it do so are kept
beside its corpus: mend the fault, then move them in.
"""

import os
import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
DICTIONARY = Path(__file__).parent / "feel.dict"
SECONDS = 600
LENGTH_MAX = 8_192


def main(seconds: int, names: list[str]) -> int:
    """Fuzz targets in turn, all unless some are named; the exit code says whether all held."""
    import atheris

    with atheris.instrument_imports(include=["casefold", "casefold_adapters", "casefold_shells"]):
        from tests.fuzz.targets import TARGETS, seeds

    failed = []
    for name in names or TARGETS:
        print(f"== {name}, {seconds} s", flush=True)
        with tempfile.TemporaryDirectory() as found:
            for number, seed in enumerate(seeds().get(name, ())):
                (Path(found) / f"seed-{number}").write_bytes(seed)
            child = os.fork()
            if not child:
                given = [str(path) for path in (CORPUS / name,) if path.is_dir()]
                bounds = [f"-max_total_time={seconds}", f"-max_len={LENGTH_MAX}", "-timeout=20", "-rss_limit_mb=2048"]
                shown = [f"-dict={DICTIONARY}", f"-artifact_prefix={CORPUS / name}-", "-print_final_stats=1"]
                atheris.Setup([sys.argv[0], found, *given, *bounds, *shown, "-verbosity=0"], TARGETS[name])
                atheris.Fuzz()
            if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
                failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "every target held")
    return 1 if failed else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    numbers = [int(word) for word in words if word.isdecimal()]
    sys.exit(main(next(iter(numbers), SECONDS), [word for word in words if not word.isdecimal()]))
