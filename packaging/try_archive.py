#!/usr/bin/env python3
"""Tries a release's archive as somebody who has nothing else: unpacked into an empty folder, with an empty home.

    python3 packaging/try_archive.py dist/leitmotif-VERSION-SYSTEM.tar.gz

In: the archive. Out: a line, or exit status 1. Nothing of this machine's settings is passed on but what Windows needs.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from printed import themes_with_quotes

DATA = Path(__file__).resolve().parent.parent / "data"


def main() -> None:
    archives = [Path(name) for name in sys.argv[1:] if name.endswith((".tar.gz", ".zip"))]
    if len(archives) != 1:
        sys.exit(f"error: {len(archives)} archives are named\nhint: name one")
    archive = archives[0].resolve()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.unpack_archive(archive, folder, **({"filter": "data"} if archive.name.endswith(".gz") else {}))
        (unpacked,) = folder.iterdir()
        (folder / "home").mkdir()
        system = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        variables = {
            **system,
            "HOME": str(folder / "home"),
            "USERPROFILE": str(folder / "home"),
            "PATH": "",
            "NO_COLOR": "1",
        }
        program = unpacked / ("leitmotif.exe" if archive.suffix == ".zip" else "leitmotif")

        def run(*arguments: object) -> str:
            done = subprocess.run(
                [str(program), *map(str, arguments)],
                cwd=folder / "home",
                env=variables,
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            if done.returncode != 0:
                sys.exit(f"error: {arguments} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
            return done.stdout

        version = run("--version")
        assert (
            "in the program" in version and "ONNX Runtime 1.24.4" in version and str(unpacked.resolve()) in version
        ), version
        printed = run("themes", DATA / "hospital", DATA / "homecare.csv", "--stability", 0)
        found = themes_with_quotes(printed)
    print(f"ok: {archive.name} finds {found} themes from an empty folder, with its own library and model")


if __name__ == "__main__":
    main()
