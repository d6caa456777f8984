"""The frames of the Python module, held against the program's exports cell by cell.

    python frames.py pandas|polars homecare.csv

In: a library of frames and a table of interviews. Out: nothing, or an AssertionError. It runs in the environment into
which the wheel was installed, and leaves the analysis in `from-LIBRARY`.
"""

import csv
import importlib
import io
import sys

import leitmotif

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


def main():
    frame = library.read_csv(TABLE)
    folder = f"from-{LIBRARY}"
    found = leitmotif.themes(frame, text="text", id="transcript_id", name="homecare", output=folder)
    assert type(found.themes).__module__.startswith(LIBRARY), type(found.themes)
    tables = {
        "themes-csv": found.themes,
        "quotes-csv": found.quotes,
        "csv": found.assignments,
        "matrix": found.table("matrix"),
    }
    for name, table in tables.items():
        names, cells = rows(table)
        lines = list(csv.reader(io.StringIO(found.export(name), newline="")))
        assert lines[0] == names, (name, lines[0], names)
        assert len(lines) == len(cells) + 1
        for line, row in zip(lines[1:], cells, strict=True):
            assert all(map(same, row, line)), (name, line, row)
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
