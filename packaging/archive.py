#!/usr/bin/env python3
"""Puts a release's archive together: the program, the library of ONNX Runtime, licences.

    python3 packaging/archive.py --system linux-x86_64 --out dist

In: `target/release/leitmotif`, with its models inside, and `models/runtime/`. Out: `leitmotif-VERSION-SYSTEM.tar.gz`
(`.zip` for Windows) with one folder of that name, and its hash in `SHA256SUMS`; one of another version of the program
is removed. On Linux it says which glibc the program needs. The same files give the same bytes: entries are sorted and
have the time of SOURCE_DATE_EPOCH (or 1980). Python 3.8 or newer.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# As models/get_runtime.py names them.
SYSTEMS = ("linux-x86_64", "linux-aarch64", "macos-arm64", "windows-x64")
ZIP_BEGINS = 315532800  # 1980, the first year that a zip knows
# What the image of .github/workflows/release.yml has.
GLIBC_OF_RELEASES = (2, 28)


def version() -> str:
    """The crate's."""
    text = (ROOT / "Cargo.toml").read_text("utf-8")
    found = re.search(r'^\[package\]\n(?:(?!\[).*\n)*?version = "([^"]+)"', text, re.M)
    if found is None:
        sys.exit("error: Cargo.toml has no version of the package")
    return found[1]


def of_runtime(runtime: Path) -> str:
    """The system that the library is for."""
    try:
        return json.loads((runtime / "runtime.json").read_text("utf-8"))["platform"]
    except (OSError, ValueError, KeyError):
        sys.exit(f"error: {runtime} holds no ONNX Runtime\nhint: run `make runtime`")


def glibc(binary: bytes) -> tuple[int, int] | None:
    """The oldest glibc that a Linux program or library runs with, by the versions of the symbols it asks for."""
    if not binary.startswith(b"\x7fELF"):
        return None
    # They stand among its strings, each between two zeros.
    asked = re.findall(rb"(?<=\0)GLIBC_(\d+)\.(\d+)(?:\.\d+)?(?=\0)", binary)
    return max(((int(major), int(minor)) for major, minor in asked), default=None)


def needs(system: str, files: list[Path]) -> tuple[str, str]:
    """What the archive needs of a machine, for its reader; and what whoever builds it should know."""
    if system.startswith("macos"):
        return "It needs macOS 14 or newer on arm64.", ""
    found = max((glibc(path.read_bytes()) or (0, 0) for path in files), default=(0, 0))
    if not system.startswith("linux") or found == (0, 0):
        return "", ""
    version = ".".join(map(str, found))
    told = f"It needs a Linux with glibc {version} or newer (`ldd --version` tells which one a machine has)."
    if found <= GLIBC_OF_RELEASES:
        return told, f"it needs glibc {version} or newer"
    oldest = ".".join(map(str, GLIBC_OF_RELEASES))
    hint = f"it will not start on systems with an older one; what is built in the release's image needs {oldest}"
    return told, f"it needs glibc {version} or newer, by the symbols that it asks for\nhint: {hint}"


def read_me(system: str, needed: str) -> bytes:
    """What stands in README.md of the archive."""
    text = (ROOT / "packaging" / "in_archive.md").read_text("utf-8")
    text = text.replace("VERSION", version()).replace("SYSTEM", system).replace("NEEDS\n\n", needed and needed + "\n\n")
    return text.encode()


def contents(program: Path, runtime: Path) -> dict[str, Path]:
    """Every file of the archive by its name in it, but for README.md."""
    libraries = [
        path for path in sorted(runtime.iterdir()) if path.name.split(".")[0] in ("libonnxruntime", "onnxruntime")
    ]
    if len(libraries) != 1:
        sys.exit(f"error: {runtime} holds {len(libraries)} libraries of ONNX Runtime\nhint: run `make runtime`")
    files = {program.name: program, libraries[0].name: libraries[0]}
    files["runtime.json"] = runtime / "runtime.json"
    for name in ("CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"):
        files[name] = ROOT / name
    files["licences/models-Apache-2.0.txt"] = ROOT / "models" / "all-minilm-l6-v2" / "LICENSE"
    for name in ("LICENSE", "ThirdPartyNotices.txt", "Privacy.md"):
        files[f"licences/onnxruntime-{name}"] = runtime / name
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        sys.exit(f"error: not there: {', '.join(missing)}\nhint: run `make build`")
    return files


def is_program(name: str) -> bool:
    """Of the archive's files the program and its library."""
    return "/" not in name and ("leitmotif" in name or "onnxruntime" in name)


def older(folder: Path, system: str, name: str) -> list[Path]:
    """Archives of other versions for the same system."""
    found = re.compile(rf"leitmotif-\d[\w.+-]*?-{re.escape(system)}\.(?:tar\.gz|zip)")
    return [path for path in sorted(folder.iterdir()) if found.fullmatch(path.name) and path.name != name]


def write(archive: Path, folder: str, files: dict[str, bytes]) -> None:
    """The archive, whole or not at all."""
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", ZIP_BEGINS))
    unfinished = archive.with_name(archive.name + ".part")
    if archive.suffix == ".zip":
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
            for name in sorted(files):
                entry = zipfile.ZipInfo(f"{folder}/{name}", time.gmtime(max(moment, ZIP_BEGINS))[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (0o755 if is_program(name) else 0o644) << 16
                out.writestr(entry, files[name])
    else:
        # Without the name and time that gzip keeps of its input.
        with unfinished.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as out:
                for name in sorted(files):
                    data = files[name]
                    entry = tarfile.TarInfo(f"{folder}/{name}")
                    entry.size, entry.mtime = len(data), moment
                    entry.mode = 0o755 if is_program(name) else 0o644
                    out.addfile(entry, io.BytesIO(data))
    unfinished.replace(archive)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--version", action="version", version=version(), help="print the program's version")
    parser.add_argument("--system", choices=SYSTEMS, help="as models/runtime/runtime.json says, where nothing is named")
    parser.add_argument("--program", type=Path, help="in place of target/release/leitmotif")
    parser.add_argument("--runtime", type=Path, default=ROOT / "models" / "runtime")
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "dist")
    arguments = parser.parse_args()
    system = of_runtime(arguments.runtime)
    if arguments.system not in (None, system):
        sys.exit(
            f"error: {arguments.runtime} is for {system}, not {arguments.system}\n"
            "hint: run `make runtime` on the system itself"
        )
    program = arguments.program or ROOT / "target" / "release" / (
        "leitmotif.exe" if system.startswith("windows") else "leitmotif"
    )
    folder = f"leitmotif-{version()}-{system}"
    arguments.out.mkdir(parents=True, exist_ok=True)
    archive = arguments.out / (folder + (".zip" if system.startswith("windows") else ".tar.gz"))
    paths = contents(program, arguments.runtime)
    needed, told = needs(system, [path for name, path in paths.items() if is_program(name)])
    files = {name: path.read_bytes() for name, path in paths.items()}
    write(archive, folder, {"README.md": read_me(system, needed), **files})
    gone = {archive.name}
    for old in older(arguments.out, system, archive.name):
        old.unlink()
        gone.add(old.name)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    sums = arguments.out / "SHA256SUMS"
    lines = sums.read_text("ascii").splitlines() if sums.is_file() else []
    lines = sorted(
        [line for line in lines if line.split()[-1] not in gone] + [f"{digest}  {archive.name}"],
        key=lambda line: line.split()[-1],
    )
    sums.write_text("\n".join(lines) + "\n", "ascii")
    print(f"{archive}: {archive.stat().st_size / 1e6:.1f} MB, sha256 {digest}")
    if told:
        print(told)


if __name__ == "__main__":
    main()
