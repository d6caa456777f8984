#!/usr/bin/env python3
"""Builds the wheel: the program, its models and licences, and the Python module.

    python3 python/build_wheel.py --out target/wheels

In: the checkout; cargo. Out: `leitmotif-VERSION-py3-none-SYSTEM.whl`, and its path printed. maturin is installed into
an environment of its own (`.venv-wheel`). The program is the one that `cargo build --release` made: cargo finds it
fresh, and builds it where it is not.
"""

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LICENCES = {
    "LICENSE-MIT": ROOT / "LICENSE-MIT",
    "LICENSE-APACHE": ROOT / "LICENSE-APACHE",
    "LICENSE-models": ROOT / "models" / "all-minilm-l6-v2" / "LICENSE",
}


def maturin() -> Path:
    """The builder, installed where it is missing or another version."""
    folder = ROOT / ".venv-wheel"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    requirements = HERE / "requirements-build.txt"
    installed = folder / requirements.name
    if not installed.is_file() or installed.read_bytes() != requirements.read_bytes():
        venv.create(folder, with_pip=True, clear=True)
        command = [
            programs / "python",
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            "install",
            "-r",
            requirements,
        ]
        subprocess.run(command, check=True)
        shutil.copy(requirements, installed)
    return programs / "maturin"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "wheels")
    out = parser.parse_args().out.resolve()
    # Packaging takes licences from below the project's own folder alone.
    (HERE / "licences").mkdir(exist_ok=True)
    for name, source in LICENCES.items():
        shutil.copy(source, HERE / "licences" / name)
    for old in out.glob("leitmotif-*.whl"):
        old.unlink()
    command = [maturin(), "build", "--release", "--locked", "--quiet", "--interpreter", sys.executable, "--out", out]
    subprocess.run(command, cwd=HERE, check=True)
    for wheel in out.glob("leitmotif-*.whl"):
        print(f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
