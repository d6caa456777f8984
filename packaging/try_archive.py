#!/usr/bin/env python3
"""Tries a release's archive as somebody who has nothing else: unpacked into an empty folder, with an empty home.

    python3 packaging/try_archive.py dist/leitmotif-VERSION-SYSTEM.tar.gz

In: the archive. Out: a line, or exit status 1. Nothing of this machine's settings is passed on but what Windows needs.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
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
        # Python has the filter since 3.8.17, 3.9.17, 3.10.12 and 3.11.4.
        may_filter = archive.name.endswith(".gz") and hasattr(tarfile, "data_filter")
        shutil.unpack_archive(str(archive), str(folder), **({"filter": "data"} if may_filter else {}))
        (unpacked,) = folder.iterdir()
        (folder / "home").mkdir()
        told = (unpacked / "README.md").read_text("utf-8")
        assert unpacked.name in told, "README.md names the folder"
        linked = re.findall(r"\]\((?!https?:)([^)#]+)", told)
        assert all((unpacked / name).exists() for name in linked), linked
        assert not re.search(r"\b(?:NEEDS|VERSION|SYSTEM)\b|\bmake\b", told), "README.md is for who has no checkout"
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
