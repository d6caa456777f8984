"""The frames of the Python module, held against the program's exports cell by cell, and their types against those of
its workbooks.

    python frames.py pandas|polars homecare.csv

In: a library of frames and a table of interviews. Out: nothing, or an AssertionError. It runs in the environment into
which the wheel was installed, and leaves the analysis in `from-LIBRARY`.
"""

import csv
import importlib
import io
import re
import sys

import leitmotif
import openpyxl

LIBRARY, TABLE = sys.argv[1:]
library = importlib.import_module(LIBRARY)


def rows(table):
    """Names of the columns, and the cells with `None` for missing ones."""
    if LIBRARY == "polars":
        return table.columns, table.rows()
    whole = table.itertuples(index=False, name=None)
    return list(table.columns), [[None if library.isna(cell) else cell for cell in row] for row in whole]


def same(cell, text):
    """Whether a cell of a frame is what stands in the CSV."""
    if cell is None:
        return text == ""
    return float(text) == cell if isinstance(cell, float) else text == str(cell)


def holds(frame, library_of_it):
    """What each column holds: `whole`, `number` or `words`."""
    if library_of_it == "polars":
        kinds = {"Int64": "whole", "Float64": "number", "String": "words"}
    else:
        kinds = {"Int64": "whole", "float64": "number", "object": "words", "str": "words"}
    return dict(zip(frame.columns, (kinds[str(kind)] for kind in frame.dtypes), strict=True))


def cells_are_those_of_the_csv(found, name, table):
    names, cells = rows(table)
    lines = list(csv.reader(io.StringIO(found.export("csv" if name == "jsonl" else name), newline="")))
    assert lines[0] == names, (name, lines[0], names)
    assert len(lines) == len(cells) + 1
    for line, row in zip(lines[1:], cells, strict=True):
        assert all(map(same, row, line)), (name, line, row)


def numbers_of(workbook, sheet):
    """The columns of a sheet: whether there are numbers in it; columns without a cell are left out."""
    names, *lines = openpyxl.load_workbook(workbook)[sheet].iter_rows(values_only=True)
    columns = {name: [line[at] for line in lines if line[at] is not None] for at, name in enumerate(names)}
    return {name: any(isinstance(cell, (int, float)) for cell in cells) for name, cells in columns.items() if cells}


def every_table_has_the_types_of_the_program(found):
    """Tables that the program writes as workbooks too tell there what is a number; the others are named here."""
    found.export("xlsx", path=f"{LIBRARY}.xlsx", force=True)
    sheets = {"themes-csv": "themes", "quotes-csv": "quotes", "csv": "assignments", "jsonl": "assignments"}
    own = {"matrix": 0, "matrix-counts": 0, "theme-by-question": 0, "theme-by-group": 0, "co-occurrence": 0}
    numbers = {"codebook-csv": {"number of highlights", "number of documents"}, "coding-sheet": set(), "units": set()}
    attributes = {"age": "whole", "height": "number", "ward": "words", "badge": "words", "phone": "words"}
    try:
        found.export("?")
    except leitmotif.LeitmotifError as error:
        formats = re.search(r"possible values: ([^\]]+)", error.message)[1].split(", ")
    for name in formats:
        try:
            table = found.table(name)
        except leitmotif.LeitmotifError as error:
            assert name == "compare-csv" or "is no table" in error.message, (name, error)
            continue
        cells_are_those_of_the_csv(found, name, table)
        kinds = holds(table, LIBRARY)
        if name in numbers:
            assert {column for column, kind in kinds.items() if kind != "words"} == numbers[name], (name, kinds)
            continue
        workbook = f"{LIBRARY}.xlsx"
        if name in own:
            workbook = f"{LIBRARY}-{name}.xlsx"
            found.export(name, path=workbook, force=True)
        sheet = sheets.get(name) or openpyxl.load_workbook(workbook).sheetnames[0]
        told = numbers_of(workbook, sheet)
        wrong = [column for column, is_number in told.items() if is_number != (kinds[column] != "words")]
        assert set(wrong) <= {"age", "height"}, (name, wrong)
        if name in ("csv", "jsonl", "matrix", "matrix-counts"):
            assert {column: kinds[column] for column in attributes} == attributes, (name, kinds)


def compared_numbers_are_numbers(frame):
    """Two studies, so that there is something to compare."""
    studies = ["odd" if number % 2 else "even" for number in range(len(frame))]
    if LIBRARY == "polars":
        frame = frame.with_columns(library.Series("study", studies))
    else:
        frame = frame.assign(study=studies)
    found = leitmotif.themes(frame, id="transcript_id", study="study", options=["--stability", 0])
    table = found.table("compare-csv")
    cells_are_those_of_the_csv(found, "compare-csv", table)
    found.export("xlsx", path=f"{LIBRARY}-two.xlsx", force=True)
    kinds = holds(table, LIBRARY)
    told = numbers_of(f"{LIBRARY}-two.xlsx", "compare")
    wrong = [column for column, is_number in told.items() if is_number != (kinds[column] != "words")]
    assert not wrong and kinds["p"] == "number" and kinds["rarefied_to"] == "whole", wrong
    assert kinds["trend_z"] == "number", "a column without a cell has the type of its name"


def main():
    frame = library.read_csv(TABLE)
    folder = f"from-{LIBRARY}"
    people = list(frame["transcript_id"])
    known = {
        "transcript_id": people,
        "age": [30 + at for at in range(len(people))],
        "height": [1.5 + at / 8 for at in range(len(people))],
        "ward": ["7" if at else "A&E" for at in range(len(people))],
        "badge": [f"{at:03}" for at in range(len(people))],
        "phone": [f"49170555{at:011}" for at in range(len(people))],
    }
    found = leitmotif.themes(
        frame,
        text="text",
        id="transcript_id",
        name="homecare",
        participants=library.DataFrame(known),
        output=folder,
    )
    assert type(found.themes).__module__.startswith(LIBRARY), type(found.themes)
    for name, table in {"themes-csv": found.themes, "quotes-csv": found.quotes, "csv": found.assignments}.items():
        cells_are_those_of_the_csv(found, name, table)
    every_table_has_the_types_of_the_program(found)
    compared_numbers_are_numbers(frame)
    assert found.summary["counts"]["units"] == len(found.assignments)
    assert leitmotif.load(folder).summary == found.summary

    # Without a folder the analysis is private, and gone with its object.
    kept = leitmotif.themes(frame, name="homecare", options=["--stability", "0"])
    place = kept.folder
    assert place.is_dir() and (sys.platform == "win32" or place.parent.stat().st_mode & 0o077 == 0)
    del kept
    assert not place.exists()
    try:
        leitmotif.themes(frame, text="nothing")
    except leitmotif.LeitmotifError as error:
        assert "no column `nothing`" in error.message and error.hint, error
    else:
        raise AssertionError("a column that is not there was taken")


if __name__ == "__main__":
    main()
