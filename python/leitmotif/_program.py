"""The program that was installed with this module: where it is, and one call of it.

In: arguments. Out: what it printed, or a `LeitmotifError` with its message and hint. It is never looked for on the
search path or in the working folder, which may hold another of the same name.
"""

import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        "install the wheel that holds both (`make wheel` in a checkout: `leitmotif` on PyPI is another program), or "
        "name the program in the variable LEITMOTIF_PROGRAM",
    )


def _places() -> Iterator[Path]:
    beside = Path(__file__).resolve().parent.parent
    # `pip install --target FOLDER`, whose record names a place that nothing was put in.
    yield beside / "bin" / _NAME
    # Another installation's record is none of ours.
    for package in importlib.metadata.distributions(name="leitmotif", path=[str(beside)]):
        yield from (Path(str(file.locate())).resolve() for file in package.files or [] if file.name == _NAME)
    yield Path(sysconfig.get_path("scripts")) / _NAME


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


def run(
    arguments: Sequence[str | float | os.PathLike[str]],
    *,
    given: bytes = b"",
    some_inputs_may_fail: bool = False,
    in_words: Callable[[str], str] = str,
) -> str:
    """Calls the program with `given` on its standard input, and returns what it wrote to standard output.

    `arguments` are words, paths and numbers. Warnings become `LeitmotifWarning`s. With `some_inputs_may_fail`, inputs
    that could not be read are warned of too, as long as there was a result; otherwise they are an error. `in_words`
    puts what the program says into the words of whoever calls.

    Raises `LeitmotifError` when the program fails or cannot be run, and when what it wrote is no text.
    """
    done = _called([program(), "--color", "never", *words(arguments)], given)
    said = in_words(_as_lines(done.stderr.decode("utf-8", "replace")))
    if done.returncode != 0 and not (some_inputs_may_fail and done.returncode == 1 and done.stdout):
        raise _error(said, done.returncode)
    try:
        out = done.stdout.decode("utf-8")
    except UnicodeDecodeError:
        raise LeitmotifError("what the program wrote is no text", "name a file for it with `path`", 2) from None
    for warning in _messages(said):
        warnings.warn(warning, LeitmotifWarning, stacklevel=3)
    return out


def words(arguments: Iterable[object]) -> list[str]:
    """Arguments as the program takes them: words, paths and numbers. A single word is not taken letter by letter."""
    if isinstance(arguments, (str, bytes)):
        raise LeitmotifError(f"{arguments!r} is one word, not a list of words", f"write {arguments.split()!r}", 2)
    return [_word(argument) for argument in arguments]


def _word(argument: object) -> str:
    if isinstance(argument, (str, os.PathLike)):
        return str(os.fspath(argument))
    if isinstance(argument, (int, float)) and not isinstance(argument, bool):
        return str(argument)
    raise LeitmotifError(f"{argument!r} is no word for the program", "give words, paths or numbers", 2)


def _called(command: list[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, env=environment(), capture_output=True, check=False, input=given)
    except (OSError, ValueError) as error:
        raise cannot_run(command[0], error) from None


def cannot_run(path: str, error: Exception) -> LeitmotifError:
    """What to say of a program that did not start: it is none, or an argument holds what no argument can."""
    reason = getattr(error, "strerror", None) or error
    hint = "name the program in the variable LEITMOTIF_PROGRAM, or unset it" if isinstance(error, OSError) else ""
    return LeitmotifError(f"{path} cannot be run: {reason}", hint)


def _as_lines(said: str) -> str:
    """What `--progress json` tells by objects as it is told without it; how far the work is, is left out."""
    lines = (_as_line(line) for line in said.split("\n"))
    return "\n".join(line for line in lines if line is not None)


def _as_line(line: str) -> str | None:
    try:
        told = json.loads(line) if line.startswith("{") else None
    except ValueError:
        told = None
    if not isinstance(told, dict) or not ("step" in told or "message" in told):
        return line
    if "step" in told:
        return None
    kind, text, hint = (told.get(field) for field in ("message", "text", "hint"))
    # Further lines of a message are indented.
    text = "\n  ".join(part.strip() for part in str(text or "").split("\n"))
    return ("" if kind == "note" else f"{kind}: ") + text + (f"\nhint: {hint}" if hint else "")


def _error(said: str, status: int) -> LeitmotifError:
    """The last error that the program told of; notes, warnings and errors of single inputs stand before it."""
    _, found, last = f"\n{said}".rpartition("\nerror: ")
    if not found:
        return LeitmotifError(said.strip() or f"the program ended with {_status(status)}", "", status)
    message, _, hint = last.partition("\nhint: ")
    # Behind an empty line stands how the command is used, or a tip.
    message, _, further = message.strip().partition("\n\n")
    tip = next((line.partition("tip: ")[2] for line in further.splitlines() if line.startswith("  tip: ")), "")
    return LeitmotifError(message, hint.strip() or tip, status)


def _status(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


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
