"""Show that the core needs nothing but its own dependencies: build the wheel, install it bare, import all of it.

Run by `make core-alone`. The wheel must hold every file of the four import roots; a fresh environment gets the wheel
and the hashed core dependencies alone; there, importing every `casefold.*` module may load nothing else.
"""

import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
ROOTS = ("core/casefold", "adapters/casefold_adapters", "shells/casefold_shells", "properties/casefold_properties")

IMPORT_ALL = """
import sys
started = set(sys.modules)
import pkgutil
import casefold
for module in pkgutil.walk_packages(casefold.__path__, "casefold."):
    __import__(module.name)
loaded = set(sys.modules) - started
acting = {"asyncio", "logging", "multiprocessing", "socket", "sqlite3", "ssl", "subprocess"}
known = {"attr", "attrs", "casefold", "cattr", "cattrs", "returns", "tlz", "toolz", "typing_extensions"}
foreign = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) - known
unwanted = sorted(foreign | (loaded & acting))
core = sorted(name for name in loaded if name.startswith("casefold."))
print(len(core), "modules of the core imported alone; unwanted:", ", ".join(unwanted) or "none")
sys.exit(1 if unwanted or not core else 0)
"""


def main() -> int:
    """Build, install, import; say what was found."""
    with tempfile.TemporaryDirectory(prefix="casefold-core-alone-") as folder:
        wheel = build(Path(folder))
        missing = sorted(sources() - set(zipfile.ZipFile(wheel).namelist()))
        if missing:
            print("not in the wheel:", *missing, sep="\n  ")
            return 1
        python = install(wheel, Path(folder))
        return subprocess.run([str(python), "-I", "-c", IMPORT_ALL], cwd=folder, check=False).returncode


def sources() -> set[str]:
    """Every file of the four import roots, as the wheel names it."""
    files = (file for root in ROOTS for file in (ROOT / root).rglob("*") if file.is_file())
    inside = ("/".join(file.relative_to(ROOT).parts[1:]) for file in files)
    return {name for name in inside if "__pycache__" not in name and not name.rpartition("/")[2].startswith(".")}


def build(folder: Path) -> Path:
    """Build the wheel with the backend of the lock."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("casefold-*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel and the hashed dependencies of the core into a fresh environment."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    locked = folder / "core.lock"
    locked.write_text(lock_of(needed("casefold")), encoding="utf-8")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(locked)], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    subprocess.run([str(python), "-m", "pip", "check"], check=True)
    return python


def needed(package: str) -> set[str]:
    """The packages that *package* needs without any extra, however indirectly."""
    entries = map(Requirement, requires(package) or ())
    names = {entry.name for entry in entries if entry.marker is None or entry.marker.evaluate({"extra": ""})}
    return names.union(*(needed(name) for name in names))


def lock_of(names: set[str]) -> str:
    """The entries of the lock for *names*."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    return "\n".join(entry for entry in entries if entry.partition("==")[0] in names) + "\n"


if __name__ == "__main__":
    sys.exit(main())
