"""Data frames in and out, without importing a library that the caller does not use.

In: a pandas or Polars frame (or a pyarrow table), or rows that the program exported. Out: JSON lines or CSV for the
program, or a frame. Words are passed on as they are.
"""

import csv
import importlib
import importlib.util
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from ._program import LeitmotifError

Library = Literal["pandas", "polars"]

# What the columns of the program's tables hold; docs/exports.md says what they are, and tests/python/frames.py holds
# these lists against the program's workbooks. A column that is in none of them is told by its cells.
_WHOLE = {
    "answer", "asked", "both", "either", "end", "headline_end", "headline_start", "line", "mentions",
    "number of documents", "number of highlights", "participants", "participants_a", "participants_b",
    "participants_both", "passages", "passages_a", "passages_b", "passages_both", "question_number", "rank",
    "rarefied_to", "record", "start",
}  # fmt: skip
_NUMBERS = {
    "chi_squared", "cohesion", "difference", "difference_high", "difference_low", "effect", "jaccard", "mention_share",
    "mention_share_high", "mention_share_low", "nearest_cosine", "odds_ratio", "odds_ratio_high", "odds_ratio_low", "p",
    "p_max_statistic", "participants_jaccard", "passages_jaccard", "q", "rarefied", "rarefied_difference",
    "rarefied_difference_high", "rarefied_difference_low", "second_strength", "share", "share_high", "share_low",
    "silhouette", "stability", "strength", "trend_p", "trend_q", "trend_z",
}  # fmt: skip
# Words, also where all of them look like numbers: ids, names, what people said, what researchers wrote.
_WORDS = {
    "also", "also_strengths", "by", "category", "code", "cut", "description", "edited", "file", "finding", "first",
    "follows_the_question", "generated_name", "group", "headline", "headline_file", "headline_locator",
    "headline_unit", "hidden", "id", "keywords", "kind", "label", "length_note", "locator", "memo", "merged",
    "moved_from", "nearest_theme", "note", "note_by", "notes", "participant", "parts", "question", "question_note",
    "quote", "quote_locator", "quote_unit", "recurring", "recurring_hidden", "recurring_label", "second",
    "second_theme", "section", "section_question", "stability_verdict", "status", "study", "sub_theme",
    "sub_theme_label", "tag", "terms", "text", "theme", "theme_a", "theme_a_label", "theme_b", "theme_b_label",
    "theme_generated_name", "theme_label", "time", "unit", "verdict",
}  # fmt: skip
# Titles of a column of studies, as the program knows them, in its order: letters and digits, small. They are held
# against the program in tests/python/refusals.py.
_STUDIES = (
    "study", "studyname", "studyid", "project", "projectname", "dataset", "survey", "studie", "studienname", "projekt",
    "projektname", "étude", "etude", "projet", "nomduprojet", "estudio", "proyecto", "nombredelproyecto", "studio",
    "progetto", "estudo",
)  # fmt: skip
# A number as the program writes it, or a decimal `.0` of pandas: nothing is lost when it is read. `007` is none, and
# what has more digits than a number holds is an id.
_AS_WRITTEN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.(?:0|[0-9]{0,14}[1-9]))?")


def library_of(data: object) -> Library | None:
    """Which library a frame is of; `None` for what is none, a column or a frame that is not computed yet included."""
    for kind in type(data).__mro__:
        module = kind.__module__.partition(".")[0]
        if module in ("pandas", "polars") and kind.__name__ == "DataFrame":
            return "pandas" if module == "pandas" else "polars"
        if module == "pyarrow" and kind.__name__ in ("Table", "RecordBatch"):
            return "pandas"
    return None


def chosen(named: str | None) -> Library:
    """The library to answer in: the one named, else the one that is in use, else the one that is there."""
    if named is not None:
        if named not in ("pandas", "polars"):
            raise LeitmotifError(f"there are no frames of {named}", "name `pandas` or `polars`", 2)
        return "pandas" if named == "pandas" else "polars"
    if "polars" in sys.modules and "pandas" not in sys.modules:
        return "polars"
    for library in ("pandas", "polars"):
        if importlib.util.find_spec(library):
            return "pandas" if library == "pandas" else "polars"
    raise LeitmotifError("neither pandas nor Polars is installed", "`pip install pandas`, or `pip install polars`", 2)


def columns_of(data: Any, *, ids: Iterable[str] = ()) -> dict[str, list[Any]]:
    """The columns of a frame, in their order. Cells are words, numbers, truth values or `None`; anything else, a date
    say, as Python writes it. Columns in `ids` lose a decimal `.0`, which pandas gives whole numbers where one is
    missing."""
    if hasattr(data, "column_names"):  # of pyarrow
        names: list[str] = list(data.column_names)
        columns = [data.column(name).to_pylist() for name in names]
    else:
        names = [str(name) for name in data.columns]
        columns = [_cells(data, at) for at in range(len(names))]
    if len(set(names)) < len(names):
        doubled = next(name for name in names if names.count(name) > 1)
        raise LeitmotifError(f"two columns of the frame are called {doubled}", "rename one of them", 2)
    whole = set(ids)
    return {name: [_plain(cell, name in whole) for cell in cells] for name, cells in zip(names, columns, strict=True)}


def studies_in(columns: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The column that names studies by its usual name, unless it is `taken` for something else; none, or one."""
    others = {_title(word) for word in taken}
    free = [name for name in columns if _title(name) not in others]
    return [name for title in _STUDIES for name in free if _title(name) == title][:1]


def called(columns: Iterable[str], word: str) -> list[str]:
    """The columns of this name, as the program finds them: without regard to case and marks, the very same first."""
    found = [name for name in columns if name == word or _title(name) == _title(word) != ""]
    return sorted(found, key=lambda name: name != word)


def _title(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum()).lower()


def to_json_lines(columns: dict[str, list[Any]]) -> bytes:
    """An object a row. Lone surrogates, which are no characters, become `\ufffd`."""
    rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def write_csv(columns: dict[str, list[Any]], path: Path) -> None:
    """Header first; a missing cell is an empty one."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        out.writerows(zip(*columns.values(), strict=True))


def _cells(data: Any, at: int) -> list[Any]:
    if library_of(data) == "polars":
        return list(data.to_series(at).to_list())
    column = data.iloc[:, at]
    return [None if missing else cell for cell, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]


def as_id(cell: Any) -> Any:
    """A cell of a column of ids: without a decimal `.0`."""
    return _plain(cell, True)


def _plain(cell: Any, is_id: bool) -> Any:
    if cell is None or cell != cell:  # not a number
        return None
    if isinstance(cell, float) and is_id and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, (str, bool, int)) or (isinstance(cell, float) and abs(cell) < 1e308) else str(cell)


def frame(columns: dict[str, list[Any]], library: Library) -> Any:
    """A frame of these columns."""
    # Imported by name, so that types are checked with and without the libraries.
    if library == "polars":
        polars: Any = importlib.import_module("polars")
        types = {name: _polars_type(polars, name, cells) for name, cells in columns.items()}
        return polars.DataFrame(columns, schema=types)
    pandas: Any = importlib.import_module("pandas")
    return pandas.DataFrame({name: _pandas_column(pandas, name, cells) for name, cells in columns.items()})


def _kind(name: str, cells: Sequence[Any]) -> type:
    """What a column holds; one that holds nothing is told by its name."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {int}:
        return int
    if kinds and kinds <= {int, float}:
        return float
    if kinds == {bool}:
        return bool
    if not kinds:
        return _by_name(name)
    return str


def _by_name(name: str) -> type:
    return _own(name) or str


def _own(name: str) -> type | None:
    """What one of the program's own columns holds; `None` where it is not known."""
    plain = name.partition(": ")[0]  # `participants: hospital`
    if name in _WORDS:
        return str
    return int if plain in _WHOLE else float if plain in _NUMBERS else None


def _polars_type(polars: Any, name: str, cells: Sequence[Any]) -> Any:
    types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, str: polars.String}
    return types[_kind(name, cells)]


def _pandas_column(pandas: Any, name: str, cells: list[Any]) -> Any:
    kind = _kind(name, cells)
    if kind is int:
        return pandas.array(cells, dtype="Int64")
    if kind is float:
        return pandas.Series(cells, dtype="float64")
    return pandas.Series(cells, dtype="boolean" if kind is bool else "object")


def from_json_lines(text: str, attributes: Sequence[str] = ()) -> dict[str, list[Any]]:
    """Columns of the program's JSON lines: an object a row, all with the same fields. `attributes`: names of what is
    known of participants, which the program passes on as words."""
    columns: dict[str, list[Any]] = {}
    for line in text.split("\n"):
        if line:
            for name, cell in json.loads(line).items():
                columns.setdefault(name, []).append(cell)
    for name in _titles(list(columns), attributes):
        columns[name] = _read(_by_cells(columns[name]), columns[name])
    return columns


def from_csv(text: str, *, whole: Iterable[str] = (), attributes: Sequence[str] = ()) -> dict[str, list[Any]]:
    """Columns of one of the program's CSV tables; empty cells are missing ones. `whole`: further columns of whole
    numbers. `attributes`: names of what is known of participants, where the table tells it."""
    csv.field_size_limit(2**31 - 1)
    # No line end is changed: quotes are verbatim, with those of the interviews.
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = next(rows, [])
    known: dict[str, type | None] = {name: _own(name) for name in names}
    known |= dict.fromkeys(_titles(names, attributes))
    known |= dict.fromkeys((name for name in whole if name in known), int)
    cells = [[cell or None for cell in row] for row in rows]
    columns = {name: [row[at] for row in cells] for at, name in enumerate(names)}
    return {name: _read(known[name] or _by_cells(column), column) for name, column in columns.items()}


def _titles(names: Sequence[str], attributes: Sequence[str]) -> set[str]:
    """The columns of attributes: the last ones, in their order, each called by its name, or `participant_NAME` where
    the name was taken."""
    left = list(names)
    for attribute in reversed(attributes):
        if left and re.fullmatch(r"(?:participant_)*" + re.escape(attribute), left[-1]):
            left.pop()
    return set(names[len(left) :])


def _by_cells(cells: Iterable[str | None]) -> type:
    """What a column holds by its cells: numbers only where every one is written as a number."""
    given = [cell for cell in cells if cell is not None]
    if not given or not all(_AS_WRITTEN.fullmatch(cell) for cell in given):
        return str
    return float if any("." in cell for cell in given) else int


def _read(kind: type, cells: list[str | None]) -> list[Any]:
    """A column that does not hold what its name says is left as it is."""
    try:
        return [None if cell is None else kind(cell) for cell in cells]
    except ValueError:
        return list(cells)
