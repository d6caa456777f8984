"""Opens every export of saved analyses with readers that are not this project's, and compares what they read.

    python3 tests/interop/read_everything.py ANALYSIS… [--binary target/release/leitmotif] [--refi FOLDER] [--out FOLDER]

pandas and pyarrow read CSV and Parquet, openpyxl and LibreOffice XLSX, jsonschema checks JSON, NumPy reads NPY, markdown-it-py
renders Markdown, xmllint checks QDPX and QDC against the schemas in FOLDER (Project.xsd, Codebook.xsd of REFI-QDA), and a reader
written here resolves every coded stretch of the QDPX. Packages: tests/interop/requirements.txt. What is missing is skipped, with
a line that says so; what differs ends the script with an error. `--office` names LibreOffice (default: soffice on the path),
`--no-office` leaves it out: it takes half a minute.
"""
import argparse
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
EXCEL = 32_767


def module(name):
    try:
        return __import__(name)
    except ImportError:
        return None


def skipped(what, why):
    print(f"  skipped  {what}: {why}")


def passed(what, text):
    print(f"  ok       {what}: {text}")


def equal(what, found, expected):
    if found != expected:
        sys.exit(f"  FAILED   {what}: found {str(found)[:300]!r}, expected {str(expected)[:300]!r}")


class Exports:
    """The exports of one analysis in a folder."""

    def __init__(self, binary, analysis, folder):
        self.binary, self.analysis, self.folder = binary, analysis, folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, to, *options, extension=None):
        path = self.folder / f"{to}{''.join(options).replace('-', '_')}.{extension or to.replace('-csv', '.csv')}"
        subprocess.run([self.binary, "export", self.analysis, "--to", to, *options, "--force", "--quiet", "-o", path], check=True)
        return path


def rows_of_csv(path):
    """The standard library's reader, line ends inside cells kept."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_units(exports):
    """CSV by the standard library: the rows that all else is compared with."""
    path = exports.get("csv")
    rows = rows_of_csv(path)
    counts = json.loads((exports.analysis / "analysis.json").read_text(encoding="utf-8"))["counts"]
    statuses = [row["status"].split(":")[0] for row in rows]
    found = [len(rows), statuses.count("theme"), statuses.count("unclustered"), statuses.count("excluded")]
    equal("counts", found, [counts["units"], counts["in_themes"], counts["unclustered"], sum(counts["excluded"].values())])
    equal("units once", len({row["unit"] for row in rows}), len(rows))
    passed("csv (Python)", f"{found[0]} units: {found[1]} in themes, {found[2]} unclustered, {found[3]} excluded")
    return rows


def check_tables(exports, rows, pandas):
    if not pandas:
        return skipped("csv, jsonl, parquet with pandas", "no module pandas")
    expected = [(row["unit"], row["text"], row["question"], row["status"], row["theme"]) for row in rows]

    def compared(what, frame):
        columns = ["unit", "text", "question", "status", "theme"]
        found = list(frame[columns].fillna("").astype(object).itertuples(index=False, name=None))
        # pandas' own reader of CSV turns CR LF inside cells into LF unless told otherwise, so that is told.
        equal(what, len(found), len(expected))
        for one, other in zip(found, expected):
            equal(what, one, other)
        passed(what, f"{len(frame)} rows, {len(frame.columns)} columns, texts identical")

    with open(exports.get("csv"), encoding="utf-8", newline="") as file:
        compared("csv (pandas)", pandas.read_csv(file, dtype=str, keep_default_na=False, engine="python"))
    compared("jsonl (pandas)", pandas.DataFrame([json.loads(line) for line in open(exports.get("jsonl"), encoding="utf-8")]))
    if module("pyarrow"):
        compared("parquet (pandas)", pandas.read_parquet(exports.get("parquet")))
        compared("answers.parquet (pandas)", pandas.read_parquet(exports.analysis / "answers.parquet"))
    else:
        skipped("parquet", "no module pyarrow")
    for table in ["themes-csv", "quotes-csv", "codebook-csv"]:
        frame = pandas.read_csv(exports.get(table))
        passed(f"{table} (pandas)", f"{len(frame)} rows, {len(frame.columns)} columns")
    themes = pandas.read_csv(exports.get("themes-csv")).set_index("theme")
    for table in ["matrix", "matrix-counts", "theme-by-question", "theme-by-group", "co-occurrence"]:
        frame = pandas.read_csv(exports.get(table, extension="csv"))
        readers = {}
        if module("pyarrow"):
            readers["parquet"] = pandas.read_parquet(exports.get(table, extension="parquet"))
        if module("openpyxl"):
            readers["xlsx"] = pandas.read_excel(exports.get(table, extension="xlsx"))
        for ending, other in readers.items():
            equal(f"{table}, columns of {ending}", list(other.columns), list(frame.columns))
            for column in frame.columns:
                if pandas.api.types.is_numeric_dtype(frame[column]):
                    one, two = frame[column].fillna(-1).astype(float), pandas.to_numeric(other[column]).fillna(-1).astype(float)
                    equal(f"{table}, {column} of {ending}", bool((abs(one - two) < 1e-9).all()), True)
        if table.startswith("matrix"):
            wanted = themes["participants" if table == "matrix" else "mentions"]
            equal(f"{table}, sums", {theme: int(frame[theme].sum()) for theme in wanted.index}, {theme: int(n) for theme, n in wanted.items()})
        elif table.startswith("theme-by"):
            found = frame.groupby("theme")["mentions"].sum()
            equal(f"{table}, mentions", {theme: int(n) for theme, n in found.items()}, {theme: int(n) for theme, n in themes["mentions"].items()})
        passed(f"{table} (pandas)", f"{len(frame)} rows, {len(frame.columns)} columns; CSV agrees with {' and '.join(readers) or 'nothing else'}")


def check_excel_csv(exports, rows):
    bytes_ = exports.get("csv", "--excel").read_bytes()
    equal("csv --excel", bytes_[:3], b"\xef\xbb\xbf")
    # A plain negative number stays one.
    number = re.compile(r"-\d+(?:[.,]\d+)*\s?%?")
    armed = [
        row["text"]
        for row in csv.DictReader(io.StringIO(bytes_[3:].decode(), newline=""))
        if row["text"][:1] in tuple("=+-@\t\r") and not number.fullmatch(row["text"])
    ]
    equal("csv --excel, cells that are formulas", len(armed), 0)
    passed("csv --excel", f"{sum(row['text'][:1] in tuple('=+-@') and not number.fullmatch(row['text']) for row in rows)} texts that look like formulas are disarmed")


def decoded(text):
    """openpyxl leaves `_x000D_` as it is, and takes `x005F_` out."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def check_workbook(exports, rows, openpyxl, office):
    path = exports.get("xlsx")
    if openpyxl:
        book = openpyxl.load_workbook(path, read_only=True)
        sheet = book["assignments"]
        lines = sheet.iter_rows()
        titles = [cell.value for cell in next(lines)]
        text_at, unit_at = titles.index("text"), titles.index("unit")
        n = 0
        for cells, row in zip(lines, rows):
            equal("xlsx (openpyxl)", cells[unit_at].value, row["unit"])
            found, expected = cells[text_at].value or "", row["text"]
            equal("xlsx, kind of cell", cells[text_at].data_type in ("s", "n") and not isinstance(found, float), True)
            if len(expected.encode("utf-16-le")) // 2 > EXCEL:
                equal("xlsx, a cut cell", expected.startswith(found.split(" […] (cut:")[0]), True)
            # A literal `_x0041_` and an escape cannot be told apart once openpyxl has read them.
            elif "_x00" not in expected:
                equal("xlsx (openpyxl)", decoded(found), expected)
            n += 1
        equal("xlsx, rows", n, len(rows))
        passed("xlsx (openpyxl)", f"sheets {', '.join(book.sheetnames)}; {n} rows, texts identical")
    else:
        skipped("xlsx", "no module openpyxl")
    if not office:
        return skipped("xlsx with LibreOffice", "not asked for, or not there")

    def converted(source, target, text):
        """Opened and written anew by LibreOffice, in a profile of its own."""
        with tempfile.TemporaryDirectory() as profile:
            subprocess.run(
                [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target, "--outdir", exports.folder / text, source],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600,
            )
        return exports.folder / text

    # Sheet 3 as CSV: UTF-8, quoted, values as they are stored.
    folder = converted(path, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3', "office")
    found = rows_of_csv(next(folder.glob("*.csv")))
    equal("xlsx (LibreOffice), rows", len(found), len(rows))
    spaces = lambda text: re.sub(r"\s+", " ", FORBIDDEN.sub("", text)).strip()
    differ = 0
    for one, other in zip(found, rows):
        equal("xlsx (LibreOffice)", one["unit"], other["unit"])
        if len(other["text"]) < 30_000 and spaces(one["text"]) != spaces(other["text"]):
            differ += 1
            print(f"           LibreOffice shows {one['text'][:80]!r} for {other['text'][:80]!r}")
    equal("xlsx (LibreOffice), texts that differ beyond white space and control characters", differ, 0)
    passed("xlsx (LibreOffice)", f"{len(found)} rows, formulas are text")
    folder = converted(exports.get("csv", "--excel"), "xlsx:Calc MS Excel 2007 XML", "office-csv")
    if openpyxl:
        cells = [cell for line in openpyxl.load_workbook(next(folder.glob("*.xlsx"))).active.iter_rows() for cell in line]
        equal("csv --excel (LibreOffice), formulas", [cell.value for cell in cells if cell.data_type == "f"][:3], [])
        passed("csv --excel (LibreOffice)", f"{len(cells)} cells, none is a formula")


def check_json(exports, jsonschema):
    stored = json.loads((exports.analysis / "analysis.json").read_text(encoding="utf-8"))
    # Hashes of files belong to the folder.
    stored.pop("files", None)
    found = json.loads(exports.get("json").read_text(encoding="utf-8"))
    # A parameter that an earlier program did not know has its default.
    parameters = stored["manifest"]["parameters"]
    stored["manifest"]["parameters"] = {**found["manifest"]["parameters"], **parameters}
    equal("json", found, stored)
    if not jsonschema:
        return skipped("json against its schema", "no module jsonschema")
    schema = json.loads((PROJECT / "docs/schema/analysis.schema.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator
    checker.check_schema(schema)
    errors = [f"{error.json_path}: {error.message[:200]}" for error in checker(schema).iter_errors(found)]
    equal("json against its schema", errors[:3], [])
    # A schema that lets everything through would say nothing.
    for spoiled in [{**found, "schema_version": "1"}, {key: value for key, value in found.items() if key != "sections"}]:
        equal("a spoiled json is refused", checker(schema).is_valid(spoiled), False)
    passed("json (jsonschema)", "valid, draft 2020-12")


def check_vectors(exports, rows, numpy):
    if not numpy:
        return skipped("vectors.npy", "no module numpy")
    vectors = numpy.load(exports.analysis / "vectors.npy", allow_pickle=False)
    clustered = sum(not row["status"].startswith("excluded") for row in rows)
    equal("vectors.npy", (len(vectors), vectors.dtype.name), (clustered, "float32"))
    equal("vectors.npy, unit length", bool(numpy.allclose(numpy.linalg.norm(vectors, axis=1), 1, atol=1e-3)), True)
    passed("vectors.npy (NumPy)", f"{vectors.shape[0]} × {vectors.shape[1]}, unit length")


def check_markdown(exports, markdown_it):
    path = exports.get("md")
    if not markdown_it:
        return skipped("md", "no module markdown_it")
    from html.parser import HTMLParser

    class Text(HTMLParser):
        def __init__(self):
            super().__init__()
            self.parts, self.tags = [], {}

        def handle_starttag(self, tag, _):
            self.tags[tag] = self.tags.get(tag, 0) + 1

        def handle_data(self, data):
            self.parts.append(data)

    rendered = markdown_it.MarkdownIt("commonmark").enable("table").render(path.read_text(encoding="utf-8"))
    page = Text()
    page.feed(rendered)
    squeeze = lambda text: re.sub(r"\s+", " ", text.replace("\0", "\ufffd")).strip()
    shown = squeeze(" ".join(page.parts))
    summary = json.loads((exports.analysis / "analysis.json").read_text(encoding="utf-8"))
    themes = [theme for section in summary["sections"] for theme in section["themes"] if not theme.get("hidden")]
    quotes = [quote for theme in themes for quote in theme["quotes"]]
    for quote in quotes:
        # Hard breaks and adjoining elements become a space; so do they in the quote.
        found = squeeze(quote["text"]).replace(" ", "") in shown.replace(" ", "")
        equal(f"md shows the quote {quote['unit']}: {quote['text'][:60]!r}", found, True)
    equal("md, tags from words", sorted(set(page.tags) - set("h1 h2 h3 p table thead tbody tr th td ul li blockquote br".split())), [])
    passed("md (markdown-it-py)", f"{len(themes)} themes, {len(quotes)} quotes shown as they are, {page.tags.get('table', 0)} tables")


def check_refi(exports, rows, refi):
    xmllint = shutil.which("xmllint")
    summary = json.loads((exports.analysis / "analysis.json").read_text(encoding="utf-8"))
    hidden = {theme["id"] for section in summary["sections"] for theme in section["themes"] if theme.get("hidden")}
    if not refi or not xmllint:
        skipped("qdpx and qdc against their schemas", "no folder named with --refi" if not refi else "xmllint is not there")
    for options in [[], ["--newline", "crlf"], ["--bmp"], ["--case-codes"]]:
        with zipfile.ZipFile(exports.get("qdpx", *options)) as package:
            equal("qdpx, broken members", package.testzip(), None)
            project = package.read("project.qde")
            names = package.namelist()
            texts = {name: package.read(name) for name in names if name.startswith("sources/")}
        equal("qdpx, other files", sorted(set(names) - set(texts)), ["project.qde"])
        name = f"qdpx {' '.join(options)}".strip()
        if refi and xmllint:
            plain = exports.folder / "project.qde"
            plain.write_bytes(project)
            validate(xmllint, refi / "Project.xsd", plain, name)
        check_selections(name, project, texts, rows, hidden, options)
    if refi and xmllint:
        validate(xmllint, refi / "Codebook.xsd", exports.get("qdc"), "qdc")


def validate(xmllint, schema, path, what):
    result = subprocess.run([xmllint, "--noout", "--nonet", "--schema", schema, path], capture_output=True, text=True)
    equal(f"{what} against {schema.name}: {result.stderr[-300:]}", result.returncode, 0)
    passed(f"{what} (xmllint)", f"valid by {schema.name}")


def check_selections(name, project, texts, rows, hidden, options):
    """Every coded stretch is the text of its unit."""
    space = "{urn:QDA-XML:project:1.0}"
    root = ElementTree.fromstring(project)
    codes = {code.get("guid"): code.get("name") for code in root.iter(f"{space}Code")}
    people = {case.get("guid") for case in root.iter(f"{space}Case")}
    # The researcher's memos are notes too, by another name.
    notes = {note.get("guid"): note.findtext(f"{space}PlainTextContent") for note in root.iter(f"{space}Note") if note.get("name").startswith("Note on")}
    by_unit = {row["unit"]: row for row in rows}
    expected = {row["unit"] for row in rows if row["status"] == "theme" and row["theme"] not in hidden}
    found, emoji = set(), 0
    for source in root.iter(f"{space}TextSource"):
        raw = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        equal(f"{name}, byte order mark", raw[:3] == b"\xef\xbb\xbf", False)
        text = raw.decode("utf-8")
        lone = len(re.findall("(?<!\r)\n", text))
        equal(f"{name}, line ends", (lone > 0, "\r" in text), (False, True) if "crlf" in options else (True, False))
        for selection in source.iter(f"{space}PlainTextSelection"):
            if selection.get("name") is None:
                # What is somebody's, with the code of their case.
                equal(f"{name}, codes of people", [code.get("targetGUID") in people for code in selection.iter(f"{space}CodeRef")], [True])
                equal(f"{name}, a stretch of a person", 0 <= int(selection.get("startPosition")) < int(selection.get("endPosition")) <= len(text), True)
                continue
            row = by_unit[selection.get("name")]
            said = FORBIDDEN.sub("", row["text"].replace("\r\n", "\n").replace("\r", "\n"))
            emoji += any(ord(c) > 0xFFFF for c in said)
            if "crlf" in options:
                said = said.replace("\n", "\r\n")
            if "--bmp" in options:
                said = "".join("□" if ord(c) > 0xFFFF else c for c in said)
            equal(f"{name}, {row['unit']}", text[int(selection.get("startPosition")):int(selection.get("endPosition"))], said)
            given = [codes[reference.get("targetGUID")].split(" ")[0] for reference in selection.iter(f"{space}CodeRef")]
            themes = [theme for theme in (row["theme"], row["sub_theme"]) if theme and theme not in hidden]
            equal(f"{name}, codes of {row['unit']}", [code for code in given if code not in (row.get("also") or "").split(";")], themes)
            note = [notes[ref.get("targetGUID")] for ref in selection.iter(f"{space}NoteRef") if ref.get("targetGUID") in notes]
            equal(f"{name}, note of {row['unit']}", "".join(note), FORBIDDEN.sub("", row.get("note") or ""))
            if given:
                found.add(row["unit"])
    equal(f"{name}, coded units", found, expected)
    n = sum(1 for _ in root.iter(f"{space}TextSource"))
    passed(name, f"{n} documents, {len(codes)} codes, {len(found)} coded passages are their units' texts ({emoji} with astral characters)")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("analyses", nargs="+", type=Path, metavar="ANALYSIS")
    arguments.add_argument("--binary", default=PROJECT / "target/release/leitmotif", type=Path)
    arguments.add_argument("--refi", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--office", default=shutil.which("soffice"))
    arguments.add_argument("--no-office", action="store_true")
    given = arguments.parse_args()
    csv.field_size_limit(1 << 30)
    with tempfile.TemporaryDirectory() as temporary:
        for number, analysis in enumerate(given.analyses):
            print(analysis.name)
            exports = Exports(given.binary.resolve(), analysis.resolve(), (given.out or Path(temporary)).resolve() / str(number))
            rows = check_units(exports)
            check_tables(exports, rows, module("pandas"))
            check_excel_csv(exports, rows)
            check_workbook(exports, rows, module("openpyxl"), None if given.no_office else given.office)
            check_json(exports, module("jsonschema"))
            check_vectors(exports, rows, module("numpy"))
            check_markdown(exports, module("markdown_it"))
            check_refi(exports, rows, given.refi)


if __name__ == "__main__":
    main()
