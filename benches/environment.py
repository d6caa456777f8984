"""The virtual environment of the benches: made once, with the packages that a requirements file pins. Standard library only.

`enter(work)` returns inside that environment: called outside, it makes the environment under `work` when it is missing or was
made from other requirements, and replaces this process by the same command run with its Python. With `no_deps` nothing is installed
but what the file lists.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)


def enter(work, requirements="requirements.txt", no_deps=False):
    if sys.version_info < OLDEST:
        sys.exit(f"error: the pinned packages need Python {OLDEST[0]}.{OLDEST[1]} or newer, this is {sys.version.split()[0]}")
    requirements = Path(__file__).with_name(requirements)
    folder = Path(work).resolve() / requirements.stem.replace("requirements", "venv")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if Path(sys.prefix).resolve() == folder:
        return
    made_from = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    mark = folder / "made-from"
    if not mark.exists() or mark.read_text() != made_from:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making {folder}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True)
        options = ["--no-deps"] if no_deps else []
        subprocess.run([python, "-m", "pip", "install", "--quiet", *options, "-r", requirements], check=True)
        mark.write_text(made_from)
    os.environ.setdefault("PYTHONHASHSEED", "0")
    command = [str(python), *sys.argv]
    if os.name == "nt":
        sys.exit(subprocess.run(command).returncode)
    os.execv(python, command)
