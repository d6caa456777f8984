#!/usr/bin/env python3
"""Fetches the ONNX Runtime library that runs the embedding model, into `models/runtime/`.

In:  the PyPI package `onnxruntime`, one pinned version, fetched by pip and checked against the sha256 below.
Out: `libonnxruntime.so` (`libonnxruntime.dylib`, `onnxruntime.dll`), its licence files and `runtime.json`.

The wheel is taken by name for the platform, whatever Python runs this script (3.8 or newer), and nothing is installed.
A library that is there already with the pinned version is left as it is.

    python3 models/get_runtime.py            fetch it, or say that it is there
    python3 models/get_runtime.py --check    only say where it is; exit code 1 when it is not there
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import List, NamedTuple

HERE = Path(__file__).resolve().parent

# ONNX Runtime 1.24 is the oldest that the program's binding accepts. Later releases send usage events from Linux and
# macOS too unless told not to, so read `Privacy.md` in the wheel before raising this.
VERSION = "1.24.4"
# The library is the same in the wheels of every Python version; these two choose one wheel per platform.
WHEEL_PYTHON = "3.12"
WHEEL_ABI = "cp312"
LICENCE_FILES = ("LICENSE", "ThirdPartyNotices.txt", "Privacy.md")


class Wheel(NamedTuple):
    """Where one platform's library is: the wheel's tag and hash, the member's prefix, the name to store it under."""

    tag: str
    sha256: str
    member: str
    library: str


WHEELS = {
    "linux-x86_64": Wheel(
        "manylinux_2_27_x86_64",
        "0d640eb9f3782689b55cfa715094474cd5662f2f137be6a6f847a594b6e9705c",
        "libonnxruntime.so.",
        "libonnxruntime.so",
    ),
    "linux-aarch64": Wheel(
        "manylinux_2_27_aarch64",
        "1a5c5a544b22f90859c88617ecb30e161ee3349fcc73878854f43d77f00558b5",
        "libonnxruntime.so.",
        "libonnxruntime.so",
    ),
    "macos-arm64": Wheel(
        "macosx_14_0_arm64",
        "cad1c2b3f455c55678ab2a8caa51fb420c25e6e3cf10f4c23653cdabedc8de78",
        "libonnxruntime.",
        "libonnxruntime.dylib",
    ),
    "windows-x64": Wheel(
        "win_amd64",
        "535b29475ca42b593c45fbb2152fbf1cdf3f287315bf650e6a724a0a1d065cdb",
        "onnxruntime.dll",
        "onnxruntime.dll",
    ),
    "windows-arm64": Wheel(
        "win_arm64",
        "e6214096e14b7b52e3bee1903dc12dc7ca09cb65e26664668a4620cc5e6f9a90",
        "onnxruntime.dll",
        "onnxruntime.dll",
    ),
}

ELSEWHERE = "install ONNX Runtime 1.24 or newer another way and name its library with `leitmotif --runtime PATH`"


class RuntimeFetchError(Exception):
    """A failure that the user can act on; `hint` says how."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.hint = hint


def this_platform() -> str:
    """The key of `WHEELS` for the machine that runs this script."""
    system, machine = platform.system(), platform.machine().lower()
    names = {
        ("Linux", "x86_64"): "linux-x86_64",
        ("Linux", "amd64"): "linux-x86_64",
        ("Linux", "aarch64"): "linux-aarch64",
        ("Linux", "arm64"): "linux-aarch64",
        ("Darwin", "arm64"): "macos-arm64",
        ("Windows", "amd64"): "windows-x64",
        ("Windows", "x86_64"): "windows-x64",
        ("Windows", "arm64"): "windows-arm64",
    }
    name = names.get((system, machine))
    if name is None:
        raise RuntimeFetchError(
            "no ONNX Runtime {} wheel for {} on {}; there are wheels for {}".format(
                VERSION, system or "an unknown system", machine or "an unknown processor", ", ".join(WHEELS)
            ),
            ELSEWHERE,
        )
    if system == "Linux":
        check_glibc()
    return name


def check_glibc() -> None:
    """The Linux libraries need glibc 2.27 or newer (2018); musl systems such as Alpine have none."""
    try:
        found = (os.confstr("CS_GNU_LIBC_VERSION") or "").split()
    except (AttributeError, OSError, ValueError):
        found = []
    if len(found) != 2 or found[0] != "glibc":
        raise RuntimeFetchError("this Linux does not use glibc, which the ONNX Runtime wheels need", ELSEWHERE)
    if tuple(int(part) for part in found[1].split(".")[:2]) < (2, 27):
        raise RuntimeFetchError("glibc {} is too old, ONNX Runtime needs 2.27 or newer".format(found[1]), ELSEWHERE)


def is_present(folder: Path, name: str) -> bool:
    """Whether `folder` holds the pinned version for this platform, undamaged."""
    try:
        record = json.loads((folder / "runtime.json").read_text(encoding="utf-8"))
        content = (folder / WHEELS[name].library).read_bytes()
    except (OSError, ValueError):
        return False
    if not isinstance(record, dict):
        return False
    expected = {"version": VERSION, "platform": name, "library_sha256": hashlib.sha256(content).hexdigest()}
    return all(record.get(key) == value for key, value in expected.items())


def download(name: str, folder: Path) -> Path:
    """Lets pip fetch the wheel by package name into `folder` and check its hash."""
    wheel = WHEELS[name]
    requirements = folder / "requirements.txt"
    requirements.write_text("onnxruntime=={} --hash=sha256:{}\n".format(VERSION, wheel.sha256), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--require-hashes", "--requirement", str(requirements), "--dest", str(folder)]
    command += ["--platform", wheel.tag, "--implementation", "cp"]
    command += ["--python-version", WHEEL_PYTHON, "--abi", WHEEL_ABI]
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_REQUIRE_VIRTUALENV="0")
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    if done.returncode != 0:
        raise pip_failure(done.stdout.strip().splitlines())
    wheels = sorted(folder.glob("onnxruntime-*.whl"))
    if len(wheels) != 1:
        raise RuntimeFetchError("pip left {} wheels where one was expected".format(len(wheels)), ELSEWHERE)
    found = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if found != wheel.sha256:
        raise RuntimeFetchError(
            "{} has sha256 {}, expected {}".format(wheels[0].name, found, wheel.sha256),
            "the package index served another file; check which index pip is set up with (`pip config list`)",
        )
    return wheels[0]


def pip_failure(output: List[str]) -> RuntimeFetchError:
    """Turns pip's output into the one line that matters and what to do about it."""
    text = "\n".join(output)
    errors = [line[len("ERROR:") :].strip() for line in output if line.startswith("ERROR:")]
    said = errors[-1] if errors else (output[-1].strip() if output else "pip said nothing")
    if "No module named pip" in text:
        return RuntimeFetchError(
            "{} has no pip".format(sys.executable),
            "run `{} -m ensurepip --upgrade`, or install it (Debian: `apt install python3-pip`)".format(sys.executable),
        )
    if "DO NOT MATCH THE HASHES" in text:
        return RuntimeFetchError(
            "the downloaded onnxruntime {} is not the file whose hash this script knows".format(VERSION),
            "check which index pip is set up with (`pip config list`) and try again",
        )
    # Without a connection pip ends by finding no version at all; the reason is in its warnings, if anywhere.
    unreachable = ("from versions: none", "Connection", "NameResolution", "Timeout", "ProxyError", "SSLError")
    if any(word in text for word in unreachable):
        return RuntimeFetchError(
            "pip could not reach a package index that has onnxruntime for this platform ({})".format(said),
            "check the network, the proxy and that pip is 20.3 or newer, then try again; or " + ELSEWHERE,
        )
    return RuntimeFetchError(
        "pip could not fetch onnxruntime {} ({})".format(VERSION, said),
        "try again with a newer pip (`{} -m pip install --upgrade pip`); or {}".format(sys.executable, ELSEWHERE),
    )


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Either the whole of `content` is at `path` afterwards or what was there before."""
    handle, temporary = tempfile.mkstemp(dir=str(path.parent), prefix="." + path.name + ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode)
        os.replace(temporary, str(path))
    except BaseException:
        os.unlink(temporary)
        raise


def unpack(wheel_file: Path, name: str, folder: Path) -> Path:
    """Takes the library and its licence files out of the wheel (a zip); `runtime.json` comes last."""
    wheel = WHEELS[name]
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(str(wheel_file)) as archive:
        members = [m for m in archive.namelist() if m.startswith("onnxruntime/capi/" + wheel.member)]
        if len(members) != 1:
            raise RuntimeFetchError("{} holds {} libraries, not one".format(wheel_file.name, len(members)), ELSEWHERE)
        library = archive.read(members[0])
        for licence in LICENCE_FILES:
            write_atomically(folder / licence, archive.read("onnxruntime/" + licence))
    write_atomically(folder / wheel.library, library, mode=0o755)
    record = {
        "version": VERSION,
        "platform": name,
        "library": wheel.library,
        "library_sha256": hashlib.sha256(library).hexdigest(),
        "wheel": wheel_file.name,
        "wheel_sha256": wheel.sha256,
    }
    write_atomically(folder / "runtime.json", (json.dumps(record, indent=2) + "\n").encode("utf-8"))
    return folder / wheel.library


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetches the ONNX Runtime library into models/runtime/.")
    parser.add_argument("--check", action="store_true", help="only say where the library is; exit code 1 when it is not there")
    parser.add_argument("--platform", choices=sorted(WHEELS), help="fetch for another platform than this one")
    parser.add_argument("--dest", type=Path, default=HERE / "runtime", help="folder to put it in (default: %(default)s)")
    options = parser.parse_args()

    name = options.platform or this_platform()
    library = options.dest / WHEELS[name].library
    if is_present(options.dest, name):
        print("ONNX Runtime {} for {} is at {}".format(VERSION, name, library))
        return 0
    if options.check:
        raise RuntimeFetchError(
            "ONNX Runtime {} for {} is not at {}".format(VERSION, name, library),
            "run `python3 {}`".format(Path(__file__).name if HERE == Path.cwd() else "models/get_runtime.py"),
        )
    print("fetching ONNX Runtime {} for {} with pip (12 to 18 MB)".format(VERSION, name), flush=True)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            library = unpack(download(name, Path(temporary)), name, options.dest)
    except OSError as failure:
        raise RuntimeFetchError(
            "failed to write the library: {}".format(failure),
            "close programs that use {} and check that the folder can be written".format(library),
        ) from failure
    print("ONNX Runtime {} for {} is at {}".format(VERSION, name, library))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except RuntimeFetchError as failure:
        print("error: {}".format(failure), file=sys.stderr)
        print("hint: {}".format(failure.hint), file=sys.stderr)
        sys.exit(1)
