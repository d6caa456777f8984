"""Data frames in and out, without importing a library that the caller does not use.

In: a pandas or Polars frame (or a pyarrow table), or rows that the program exported. Out: JSON lines or CSV for the
program, or a frame. Words are passed on as they are.
"""

import csv
import importlib
import importlib.util
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from ._program import LeitmotifError

Library = Literal["pandas", "polars"]

# Columns of the program's tables that hold numbers; all others hold words. docs/exports.md says what they are.
_WHOLE = {
    "answer", "asked", "asked_in_both", "both", "either", "end", "headline_end", "headline_start", "line", "mentions",
    "participants", "passages", "rank", "record", "start",
}  # fmt: skip
_NUMBERS = {
    "cohesion", "jaccard", "nearest_cosine", "second_strength", "share", "share_high", "share_low", "silhouette",
    "stability", "strength",
}  # fmt: skip


def library_of(data: object) -> Library | None:
    """Which library a frame is of; `None` for what is none."""
    module = type(data).__module__.partition(".")[0]
    if module == "polars":
        return "polars"
    return "pandas" if module in ("pandas", "pyarrow") else None


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
    if type(data).__module__.partition(".")[0] == "pyarrow":
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
    plain = name.partition(":")[0]  # `participants: hospital`
    return int if plain in _WHOLE else float if plain in _NUMBERS else str


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


def from_json_lines(text: str) -> dict[str, list[Any]]:
    """Columns of the program's JSON lines: an object a row, all with the same fields."""
    columns: dict[str, list[Any]] = {}
    for line in text.split("\n"):
        if line:
            for name, cell in json.loads(line).items():
                columns.setdefault(name, []).append(cell)
    return columns


def from_csv(text: str, whole: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Columns of one of the program's CSV tables; empty cells are missing ones. `whole`: further columns of whole
    numbers."""
    counts = set(whole)
    csv.field_size_limit(2**31 - 1)
    # No line end is changed: quotes are verbatim, with those of the interviews.
    rows = csv.reader(io.StringIO(text, newline=""))
    names = next(rows)
    cells = list(rows)
    return {
        name: [_read(int if name in counts else _by_name(name), row[at]) for row in cells]
        for at, name in enumerate(names)
    }


def _read(kind: type, cell: str) -> Any:
    return None if cell == "" else kind(cell)
