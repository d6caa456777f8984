"""Takes a project through QualCoder's own importer and exporter.

    python3 tests/interop/qualcoder_round_trip.py PROJECT.qdpx --out FOLDER [--qualcoder FOLDER]

QualCoder (LGPL, github.com/ccbogel/QualCoder) reads PROJECT.qdpx into an empty project of its own and writes it again as
FOLDER/back.qdpx; FOLDER/held.json says what its database held in between. Both projects are then read by a reader of this script,
and what is lost or changed on the way is an error: documents, codes with descriptions and hierarchy, codings with positions, text
and memos, cases with attributes. QualCoder knows no sets of codes and writes no parts of documents for cases; these are not
compared. `--qualcoder`, or LEITMOTIF_QUALCODER, names a copy of
its source (the folder with `src/qualcoder`); without one, an installed package `qualcoder` is taken. No window is opened: Qt's
`offscreen` platform is used, and its dialogs are answered here. Besides QualCoder's source that takes PyQt6, pymupdf and Pillow.
Where QualCoder cannot be run, a line says why, and the exit status is 77.
"""
import argparse
import ast
import builtins
import importlib
import json
import os
import sqlite3
import sys
import tempfile
import types
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def refi_module(folder):
    """QualCoder's module `refi`, and the folder of its package."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if folder:
        if not (folder / "src/qualcoder/refi.py").is_file():
            skip(f"no `src/qualcoder/refi.py` in {folder}")
        sys.path.insert(0, str(folder / "src"))
    builtins._ = lambda text: text
    try:
        package = importlib.import_module("qualcoder")
        # Its players of recordings need libraries of the system, and take no part here.
        player = types.ModuleType("qualcoder.media_player_qt")
        player.MediaInstance, player.make_vlc_instance = object, lambda *_: None
        sys.modules["qualcoder.media_player_qt"] = player
        return importlib.import_module("qualcoder.refi"), Path(package.__file__).parent
    except (ImportError, OSError) as error:
        skip(f"QualCoder cannot be loaded ({error}); name its source with --qualcoder or LEITMOTIF_QUALCODER")


def statements(package):
    """How QualCoder makes the tables of a new project: the statements in its own program."""
    tree = ast.parse((package / "__main__.py").read_text(encoding="utf-8"))
    makers = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "new_project"]
    texts = [node.value for maker in makers for node in ast.walk(maker) if isinstance(node, ast.Constant)]
    found = [text for text in texts if isinstance(text, str) and text.upper().startswith("CREATE TABLE")]
    if not found:
        skip("QualCoder's `new_project` makes no table: another version than this script knows")
    return found


class Application:
    """What importer and exporter ask of the program."""

    def __init__(self, folder, package):
        self.project_path = str(folder / "round.qda")
        self.project_name = "round.qda"
        for name in ["documents", "images", "audio", "video"]:
            (folder / "round.qda" / name).mkdir(parents=True)
        self.conn = sqlite3.connect(folder / "round.qda/data.qda")
        for statement in statements(package):
            self.conn.execute(statement)
        columns = [row[1] for row in self.conn.execute("pragma table_info(project)")]
        known = {"date": "2026-01-01 00:00:00", "memo": "", "about": "QualCoder"}
        names = [name for name in columns if name in known]
        self.conn.execute(f"insert into project ({','.join(names)}) values ({','.join('?' * len(names))})", [known[name] for name in names])
        self.conn.commit()
        self.version = "QualCoder"
        self.settings = {"codername": "default", "directory": str(folder), "ai_enable": "False", "fontsize": 10, "font": "Noto Sans"}
        self.ai_models = []

    def write_config_ini(self, *_):
        pass

    def get_annotations(self):
        names = ["anid", "fid", "pos0", "pos1", "memo", "owner", "date"]
        return [dict(zip(names, row)) for row in self.conn.execute(f"select {','.join(names)} from annotation")]


class Log:
    def __init__(self):
        self.lines = []

    def append(self, line):
        self.lines.append(str(line))


def held(connection):
    """What the database holds, by names."""

    def rows(sql):
        return [list(row) for row in connection.execute(sql)]

    return {
        "documents": rows("select name, fulltext from source"),
        "categories": rows("select c.name, ifnull(c.memo, ''), above.name from code_cat c left join code_cat above on above.catid = c.supercatid"),
        "codes": rows(
            "select n.name, ifnull(n.memo, ''), ifnull(c.name, above.name) from code_name n left join code_cat c on c.catid = n.catid "
            "left join code_name above on above.cid = n.supercid"
        ),
        "codings": rows(
            "select s.name, n.name, t.pos0, t.pos1, t.seltext, t.owner, ifnull(t.memo, '') from code_text t join source s on s.id = t.fid "
            "join code_name n on n.cid = t.cid"
        ),
        "annotations": rows("select s.name, a.pos0, a.pos1, a.memo from annotation a join source s on s.id = a.fid"),
        "cases": rows("select name from cases"),
        "attributes": rows("select c.name, a.name, a.value from attribute a join cases c on c.caseid = a.id where a.attr_type = 'case'"),
        "case_texts": rows(
            "select c.name, s.name, t.pos0, t.pos1 from case_text t join cases c on c.caseid = t.caseid join source s on s.id = t.fid"
        ),
        # Its report "coding by attributes" joins codings and texts of cases so.
        "codings_of_cases": rows(
            "select c.name, n.name, s.name, t.pos0, t.pos1 from code_text t join case_text x on x.fid = t.fid and t.pos0 >= x.pos0 "
            "and t.pos1 <= x.pos1 join cases c on c.caseid = x.caseid join code_name n on n.cid = t.cid join source s on s.id = t.fid"
        ),
    }


SPACE = "{urn:QDA-XML:project:1.0}"
KINDS = ["TextValue", "IntegerValue", "FloatValue"]


def read(path):
    """Documents, codes, codings and cases of a project, by names. Codes with the id of a case are people, not codes."""
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("project.qde"))
        texts = {name.lower(): package.read(name).decode("utf-8-sig") for name in package.namelist() if name.endswith(".txt")}
    text_of = lambda element, tag: (element.findtext(f"{SPACE}{tag}") or "").strip()
    people = {case.get("guid") for case in root.iter(f"{SPACE}Case")}
    names, codes = {}, {}

    def walk(element, above):
        for code in element.findall(f"{SPACE}Code"):
            if code.get("guid") not in people:
                names[code.get("guid")] = code.get("name")
                codes[code.get("name")] = (text_of(code, "Description"), above, code.get("isCodable"))
            walk(code, code.get("name"))

    walk(root.find(f"{SPACE}CodeBook/{SPACE}Codes"), None)
    variables = {variable.get("guid"): variable.get("name") for variable in root.iter(f"{SPACE}Variable")}
    cases = {}
    for case in root.iter(f"{SPACE}Case"):
        cases[case.get("name")] = {
            variables[value.find(f"{SPACE}VariableRef").get("targetGUID")]: next(text_of(value, kind) for kind in KINDS if value.find(f"{SPACE}{kind}") is not None)
            for value in case.findall(f"{SPACE}VariableValue")
        }
    users = {user.get("guid"): user.get("name") for user in root.iter(f"{SPACE}User")}
    documents, codings = {}, []
    for source in root.iter(f"{SPACE}TextSource"):
        text = texts["sources/" + source.get("plainTextPath").replace("internal://", "").lower()]
        documents[source.get("name")] = text
        for selection in source.findall(f"{SPACE}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            for coding in selection.findall(f"{SPACE}Coding"):
                code = names.get(coding.find(f"{SPACE}CodeRef").get("targetGUID"))
                if code:
                    who = users[coding.get("creatingUser") or selection.get("creatingUser")]
                    codings.append((source.get("name"), start, end, text[start:end], code, who, text_of(selection, "Description")))
    return {"documents": documents, "codes": codes, "codings": sorted(codings), "cases": cases}


def compare(given, back):
    """Ends with an error where something of a project is not in the other."""
    for kind, before in given.items():
        after = back[kind]
        of = (lambda items: items) if isinstance(before, list) else (lambda items: list(items.items()))
        lost = [item for item in of(before) if item not in of(after)]
        new = [item for item in of(after) if item not in of(before)]
        if lost or new:
            sys.exit(f"{kind}: {len(lost)} lost, {len(new)} new; the first: {str((lost + new)[0])[:500]}")
        print(f"ok: {len(before)} {kind} are the same")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("project", type=Path)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--qualcoder", type=Path, default=os.environ.get("LEITMOTIF_QUALCODER"))
    given = arguments.parse_args()
    refi, package = refi_module(Path(given.qualcoder) if given.qualcoder else None)
    from PyQt6 import QtWidgets

    _program = QtWidgets.QApplication(["qualcoder"])
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        # The exporter prepares its files below the home folder.
        os.environ["HOME"] = temporary
        (folder / ".qualcoder").mkdir()
        (folder / "written").mkdir()
        copy = folder / "given.qdpx"
        copy.write_bytes(given.project.read_bytes())
        QtWidgets.QFileDialog.getOpenFileName = staticmethod(lambda *_, **__: (str(copy), True))
        QtWidgets.QFileDialog.getExistingDirectory = staticmethod(lambda *_, **__: str(folder / "written"))
        refi.RefiLineEndings.exec = lambda self: 1
        refi.Message = lambda *_: types.SimpleNamespace(exec=lambda: 1)
        application, log = Application(folder, package), Log()
        refi.RefiImport(application, log, "qdpx")
        (given.out / "held.json").write_text(json.dumps(held(application.conn), ensure_ascii=False, indent=1), encoding="utf-8")
        refi.RefiExport(application, log, "project")
        written = list((folder / "written").glob("*.qdpx"))
        if len(written) != 1:
            sys.exit("QualCoder wrote no project:\n" + "\n".join(log.lines))
        (given.out / "back.qdpx").write_bytes(written[0].read_bytes())
        compare(read(copy), read(given.out / "back.qdpx"))


if __name__ == "__main__":
    main()
