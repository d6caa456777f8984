"""An analysis: made from a frame or files by `themes`, or loaded from its folder by `load`.

In: what `leitmotif themes` takes. Out: an `Analysis` over the folder that the program saved. Nothing is counted here.
"""

import json
import os
import re
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

from . import _frames
from ._program import LeitmotifError, LeitmotifWarning, run, words

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]

_MATRICES = ("matrix", "matrix-counts")
_WITH_ATTRIBUTES = ("csv", "jsonl", *_MATRICES)
# What `export` writes in other forms than tables of one kind of row.
_NO_TABLES = ("html", "json", "md", "parquet", "qdc", "qdpx", "svg", "vectors", "xlsx")


class Analysis:
    """A saved analysis. Its tables are frames of pandas or Polars, read when they are first asked for.

    `folder` is where it lies. One that `themes` made without `output` lies in a private temporary folder, which is
    removed with this object, or when Python ends; a process that is killed leaves it there.
    """

    def __init__(self, folder: str | os.PathLike[str], *, frames: Literal["pandas", "polars"] | None = None) -> None:
        self.folder = Path(folder).absolute()
        self._library = frames

    @cached_property
    def summary(self) -> dict[str, Any]:
        """`analysis.json`: everything but the single passages. docs/schema/analysis.schema.json describes it."""
        path = self.folder / "analysis.json"
        try:
            found: dict[str, Any] = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise LeitmotifError(f"{path} cannot be read: {error}", "name a folder that `themes` saved", 2) from None
        return found

    @cached_property
    def themes(self) -> Any:
        """One row a theme: label, keywords, people of those asked with the 95 % interval, stability, cohesion."""
        return self.table("themes-csv")

    @cached_property
    def quotes(self) -> Any:
        """One row a quote of a theme, verbatim, with the person, answer, file, line and position it stands at."""
        return self.table("quotes-csv")

    @cached_property
    def assignments(self) -> Any:
        """One row a passage: who said what, in answer to which question, and to which theme it belongs."""
        return self.table("jsonl")

    def table(self, to: str, *options: str | float) -> Any:
        """Any table that `leitmotif export --to` writes as CSV (`matrix`, `theme-by-group`, …), as a frame; `csv` and
        `jsonl` are `assignments`. Numbers are numbers, those of participants' attributes too where all values of one
        are; ids and other words stay words."""
        if to in _NO_TABLES:
            raise LeitmotifError(f"`{to}` is no table", f"`export({to!r}, path=FILE)` writes it into a file", 2)
        text = self.export(to, *options)
        if not text:
            raise LeitmotifError(f"no table came back of `{to}`", "leave the options out that write it elsewhere", 2)
        attributes = self.summary.get("attributes", []) if to in _WITH_ATTRIBUTES else []
        if to == "jsonl":
            return self._frame(_frames.from_json_lines(text, attributes))
        ids = [theme["id"] for section in self.summary["sections"] for theme in section["themes"]]
        return self._frame(_frames.from_csv(text, whole=ids if to in _MATRICES else (), attributes=attributes))

    def _frame(self, columns: dict[str, list[Any]]) -> Any:
        return _frames.frame(columns, _frames.chosen(self._library))

    def export(
        self, to: str, *options: str | float, path: str | os.PathLike[str] | None = None, force: bool = False
    ) -> str:
        """`leitmotif export --to`: into the file `path`, or returned as text where none is named. A workbook, Parquet
        and a REFI-QDA project are no text and need `path`."""
        arguments: list[str | float | os.PathLike[str]] = ["export", self.folder, "--to", to, *options]
        if path is not None:
            arguments.append(_option("output", path))
        if force:
            arguments.append("--force")
        return run(arguments)

    def report(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Writes the HTML report, which holds every passage, and returns where it is."""
        run(["report", self.folder, _option("output", path), *(["--force"] if force else [])])
        return Path(path)

    def compare(self, by: str = "study", *options: str | float) -> dict[str, Any]:
        """`leitmotif compare --json`: which themes one group voices more than another."""
        compared: dict[str, Any] = json.loads(run(["compare", self.folder, _option("by", by), "--json", *options]))
        return compared

    def __repr__(self) -> str:
        counts = self.summary["counts"]
        themes = sum(len(section["themes"]) for section in self.summary["sections"])
        return f"<leitmotif.Analysis: {counts['participants']} participants, {themes} themes, {self.folder}>"


def load(folder: str | os.PathLike[str], *, frames: Literal["pandas", "polars"] | None = None) -> Analysis:
    """An analysis that was saved before, by this module or by `leitmotif themes -o FOLDER`."""
    path = Path(folder)
    if not (path / "analysis.json").is_file():
        raise LeitmotifError(f"{path} holds no analysis", "name a folder that `themes` saved", 2)
    return Analysis(path, frames=frames)


def themes(
    data: Any,
    *,
    text: str | Iterable[str] | None = None,
    id: str | None = None,
    question: str | None = None,
    speaker: str | None = None,
    study: str | None = None,
    participants: Any = None,
    name: str | None = None,
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
    frames: Literal["pandas", "polars"] | None = None,
    options: Iterable[str | float] = (),
) -> Analysis:
    """Finds the themes in interviews or answers to a survey.

    data: a pandas or Polars frame (or a pyarrow table), or the path of a file or folder, or several. A frame has a row
        a transcript, a turn (with `speaker`), an answer (with `question`), or a participant (several `text` columns).
    text, id, question, speaker, study: columns; without them they are found by their usual names. `text` may be
        several, for a survey with a question a column. Rows without a study, where others have one, are of `name`,
        with a warning.
    participants: what is known of the participants, a row each: a frame or a file.
    name: what to call the study, where no column does, without `=`; a frame's is `interviews` without it.
    output: the folder to save in. Without it the analysis is kept, privately, as long as the returned object is.
    force: replace an analysis in that folder.
    frames: `pandas` or `polars`; by default the library of `data`.
    options: further options of `leitmotif themes`, such as `["--granularity", "1.2", "--seed", "1"]`.

    Raises `LeitmotifError` with what is wrong and a hint.
    """
    texts = _columns(text)
    named = [_option("text-column", column) for column in texts]
    for option, column in (("id", id), ("question", question), ("speaker", speaker)):
        named += [_option(f"{option}-column", word) for word in _columns(column, single=True)]
    further = words(options)
    if name is not None and "=" in str(name):
        raise LeitmotifError(f"`{name}` cannot name a study: it holds `=`", "name it otherwise, or by `study`", 2)
    if output is not None and not os.fspath(output):
        raise LeitmotifError("`output` names no folder", "name one, or leave `output` out", 2)
    studies = _columns(study, single=True)
    library = _frames.chosen(frames) if frames else _frames.library_of(data)
    given, table = b"", dict[str, list[Any]]()
    if _frames.library_of(data):
        table = _frames.columns_of(data, ids=[*_columns(id, single=True), *studies])
        _some_words(table, texts)
        taken = [*texts, *(word for column in (id, question, speaker) for word in _columns(column, single=True))]
        studies = studies or _frames.studies_in(table, taken)
        inputs = [_input_of(table, studies, name)]
        given = _frames.to_json_lines(table)
    else:
        inputs = _paths(data, name)
    named += [_option("study-column", column) for column in studies] + further
    temporary = tempfile.mkdtemp(prefix="leitmotif-") if output is None else None
    found = Analysis(output if output is not None else Path(temporary or "") / "analysis", frames=library)
    if temporary is not None:
        weakref.finalize(found, shutil.rmtree, temporary, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="leitmotif-") as folder:
        people = None if participants is None else _people(participants, id, Path(folder))
        arguments = ["themes", *named, _option("output", found.folder)]
        if people is not None:
            arguments.append(_option("participants", people))
        if force:
            arguments.append("--force")
        # The file that a frame was written to is nothing that the caller knows.
        written = people if people is not None and people.startswith(folder) else None
        in_words = partial(_as_arguments, written=written)
        try:
            run([*arguments, "--", *inputs], given=given, some_inputs_may_fail=True, in_words=in_words)
        except LeitmotifError as error:
            raise _with_empty_columns(error, table) from None
    if not (found.folder / "analysis.json").is_file():
        raise LeitmotifError("no analysis was made", f"`options` ask for something else: {' '.join(further)}", 2)
    return found


def _option(name: str, value: object) -> str:
    """An option and its value in one word, so that a value that begins with `-` is none."""
    return f"--{name}={words([value])[0]}"


def _some_words(table: dict[str, list[Any]], texts: list[str]) -> None:
    """Refuses a frame in which nobody says anything; a column that is not there is the program's to tell."""
    if not any(table.values()):
        raise LeitmotifError("the frame has no rows", "look at what it was made from", 2)
    known = [column for word in texts for column in _frames.called(table, word)] if texts else list(table)
    if known and all(_is_empty(cell) for column in known for cell in table[column]):
        where = f" in `{'`, `'.join(texts)}`" if texts else ""
        raise LeitmotifError(f"no row of the frame has words{where}", "name the columns of words by `text`", 2)


def _with_empty_columns(error: LeitmotifError, table: dict[str, list[Any]]) -> LeitmotifError:
    """The error, with the columns of the frame in which nothing stands: one may be what was looked for."""
    empty = [f"`{column}`" for column, cells in table.items() if all(map(_is_empty, cells))]
    if not empty:
        return error
    what = "the column" if len(empty) == 1 else "the columns"
    hints = [error.hint, f"nothing stands in {what} {', '.join(empty)}"]
    return LeitmotifError(error.message, "; ".join(hint for hint in hints if hint), error.status)


def _is_empty(cell: object) -> bool:
    return cell is None or isinstance(cell, str) and not cell.strip()


def _input_of(table: dict[str, list[Any]], studies: list[str], name: str | None) -> str:
    """The frame as an input, with its study where none of its columns names one. Rows without a study, beside others
    that have one, get it here; whether they belong to it nobody knows, so it is told."""
    own = name or "interviews"
    column = next((column for word in studies for column in _frames.called(table, word)), None)
    if column is None:
        return "-" if studies else f"{own}=-"
    cells = table[column] = [_frames.as_id(cell) for cell in table[column]]
    rows = [at for at, row in enumerate(zip(*table.values(), strict=True)) if not all(map(_is_empty, row))]
    without = [at for at in rows if _is_empty(cells[at])]
    if len(without) == len(rows):
        return f"{own}=-"
    if without:
        some = f"{len(without)} of {len(rows)} rows name no study in `{column}`"
        warnings.warn(f"{some}: they are taken for the study `{own}`", LeitmotifWarning, stacklevel=3)
    elif name is not None:
        message = f"the study is not called `{name}`: `{column}` names one in every row"
        warnings.warn(message, LeitmotifWarning, stacklevel=3)
    for at in without:
        cells[at] = own
    return "-"


# What the program calls the arguments of `themes`.
_ARGUMENT = re.compile(r"--(?:(text|id|question|speaker|study)-column|(participants))(?:[ =][A-Z]+\b)?")


def _as_arguments(said: str, *, written: str | None) -> str:
    """Messages with the arguments of `themes` in place of the program's options."""
    said = said.replace(written, "participants") if written else said
    return _ARGUMENT.sub(lambda found: f"{found[1] or found[2]}=", said)


def _columns(named: object, *, single: bool = False) -> list[str]:
    """Names of columns. A name that is no word, of a frame whose columns are numbers, is written as the frame's
    columns are passed on."""
    if named is None:
        return []
    several = isinstance(named, Iterable) and not single and not isinstance(named, (str, bytes))
    columns = list(named) if several and isinstance(named, Iterable) else [named]
    for column in columns:
        if not isinstance(column, (str, int)) or isinstance(column, bool):
            raise LeitmotifError(f"{column!r} is no name of a column", "name columns by their words", 2)
    return [str(column) for column in columns]


def _people(participants: Any, id: object, folder: Path) -> str:
    """The path of what is known of the participants: of the file that was named, or that a frame is written to."""
    if not _frames.library_of(participants):
        return _path(participants)
    path = folder / "participants.csv"
    table = _frames.columns_of(participants, ids=_columns(id, single=True))
    if not any(table.values()):
        raise LeitmotifError("the frame of `participants` has no rows", "leave it out", 2)
    _frames.write_csv(table, path)
    return os.fspath(path)


def _paths(data: Any, name: str | None) -> list[str]:
    is_one = isinstance(data, (str, bytes)) or not isinstance(data, Sequence)
    paths = [_path(one) for one in ([data] if is_one else data)]
    if name is not None and len(paths) != 1:
        raise LeitmotifError("several inputs have no one name", "leave `name` out, or give one input", 2)
    return [f"{name}={path}" if name else path for path in paths]


def _path(data: object) -> str:
    if isinstance(data, (str, os.PathLike)):
        return str(os.fspath(data))
    kind = type(data).__name__
    raise LeitmotifError(f"a {kind} is no data", _INSTEAD.get(kind, "give a pandas or Polars frame, or paths"), 2)


# What to give in place of something that is no data.
_INSTEAD = {
    "DataFrame": "give one frame: join several, with a column for `study`",
    "LazyFrame": "give `frame.collect()`",
    "Series": "give a frame, such as `column.to_frame()`",
}
