"""The program that was installed with this module: where it is, and one call of it.

In: arguments. Out: what it printed, or a `LeitmotifError` with its message and hint. It is never looked for on the
search path or in the working folder, which may hold another of the same name.
"""

import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import sysconfig
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

_NAME = "leitmotif.exe" if sys.platform == "win32" else "leitmotif"


class LeitmotifError(Exception):
    """The program refused or failed. `message` says what is wrong, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", status: int = 1) -> None:
        super().__init__(f"{message}\nhint: {hint}" if hint else message)
        self.message = message
        self.hint = hint
        self.status = status


class LeitmotifWarning(UserWarning):
    """Something that the program warned of, such as words that nobody is named for."""


def program() -> str:
    """The path of the program: what `LEITMOTIF_PROGRAM` names, else the one that was installed with this module."""
    named = os.environ.get("LEITMOTIF_PROGRAM")
    if named:
        return os.path.abspath(named)
    for place in _places():
        if place.is_file():
            return str(place)
    raise LeitmotifError(
        "the program is not beside its Python module",
        "install both with `pip install leitmotif`, or name the program in the variable LEITMOTIF_PROGRAM",
    )


def _places() -> Iterator[Path]:
    try:
        files = importlib.metadata.files("leitmotif") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    yield from (Path(str(file.locate())).resolve() for file in files if file.name == _NAME)
    yield Path(sysconfig.get_path("scripts")) / _NAME
    # `pip install --target FOLDER`
    yield Path(__file__).resolve().parent.parent / "bin" / _NAME


def environment() -> dict[str, str]:
    """This process's variables, with the ONNX Runtime library of this Python's package where none is named."""
    variables = dict(os.environ)
    if not variables.get("ORT_DYLIB_PATH"):
        found = importlib.util.find_spec("onnxruntime")
        for folder in (found.submodule_search_locations if found else None) or []:
            capi = Path(folder) / "capi"
            if capi.is_dir():
                variables["ORT_DYLIB_PATH"] = str(capi)
                break
    return variables


def run(arguments: Sequence[str | os.PathLike[str]], *, given: bytes = b"", some_inputs_may_fail: bool = False) -> str:
    """Calls the program with `given` on its standard input, and returns what it wrote to standard output.

    Warnings become `LeitmotifWarning`s. With `some_inputs_may_fail`, inputs that could not be read are warned of too,
    as long as there was a result; otherwise they are an error.

    Raises `LeitmotifError` when the program fails.
    """
    command = [program(), "--color", "never", *(os.fspath(argument) for argument in arguments)]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False, input=given)
    said = done.stderr.decode("utf-8", "replace")
    out = done.stdout.decode("utf-8")
    if done.returncode != 0 and not (some_inputs_may_fail and done.returncode == 1 and out):
        message, _, hint = said.strip().partition("\nhint: ")
        if not message and done.returncode < 0:
            message = f"the program was ended by signal {-done.returncode}"
        raise LeitmotifError(message.removeprefix("error: "), hint.strip(), done.returncode)
    for warning in _messages(said):
        warnings.warn(warning, LeitmotifWarning, stacklevel=3)
    return out


def _messages(said: str) -> Iterator[str]:
    """Warnings, and errors of single inputs. Further lines of one are indented; plain lines are mere notes."""
    kept: list[str] = []
    for line in said.splitlines():
        if kept and (line.startswith("  ") or line.startswith("hint: ")):
            kept.append(line)
            continue
        if kept:
            yield "\n".join(kept)
        kept = [line.removeprefix("warning: ")] if line.startswith(("warning: ", "error: ")) else []
    if kept:
        yield "\n".join(kept)


def version() -> str:
    """What `leitmotif --version` says: the program, its model, the runtime, the features."""
    return run(["--version"]).strip()
