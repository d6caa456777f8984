"""The wheel as somebody gets it: an empty environment, an empty home, nothing to compile with.

    python3 tests/python/test_wheel.py target/wheels/leitmotif-….whl

In: the wheel; pip's registry. Out: a line for each thing tried, and exit status 1 at the first that fails. What cannot
be tried here is printed with its reason. The checkout is used for its sample studies and documents only: every call
runs in a folder of its own, with a path on which there is no compiler.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
from printed import themes_with_quotes  # noqa: E402

WINDOWS = sys.platform == "win32"


class Environment:
    """A virtual environment with a home of its own."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        self.bin = folder / "venv" / ("Scripts" if WINDOWS else "bin")
        self.home = folder / "home"
        self.work = folder / "work"
        self.home.mkdir()
        self.work.mkdir()

    @property
    def program(self) -> Path:
        return self.bin / ("leitmotif.exe" if WINDOWS else "leitmotif")

    def pip(self, *arguments: object) -> None:
        self.run(
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            "install",
            *arguments,
            by=self.bin / "python",
            own=False,
        )

    def variables(self, own: bool) -> dict[str, str]:
        """`own`: nothing of this machine's settings."""
        kept = (
            {}
            if own
            else {k: v for k, v in os.environ.items() if k.upper().startswith(("PIP_", "UV_", "SSL_", "HTTP"))}
        )
        system = {k: os.environ[k] for k in ("SYSTEMROOT", "TEMP") if k in os.environ}
        return {
            **system,
            **kept,
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "PATH": str(self.bin),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
        }

    def run(self, *arguments: object, by: Path | str | None = None, own: bool = True, given: str | None = None) -> str:
        command = [str(by or self.program), *map(str, arguments)]
        done = subprocess.run(
            command,
            cwd=self.work,
            env=self.variables(own),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            input=given,
        )
        if done.returncode != 0:
            sys.exit(f"failed with {done.returncode}: {' '.join(command)}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def python(self, source: str) -> str:
        return self.run("-W", "error", "-c", source, by=self.bin / "python")


def passed(what: str) -> None:
    print(f"ok: {what}", flush=True)


def skipped(what: str, reason: str) -> None:
    print(f"skipped: {what}: {reason}", flush=True)


def the_program_in_an_empty_environment(wheel: Path, folder: Path) -> None:
    clean = Environment(folder)
    clean.pip(wheel)
    assert not any(shutil.which(tool, path=str(clean.bin)) for tool in ("cc", "gcc", "clang", "cargo", "rustc"))
    version = clean.run("--version")
    assert re.search(r"^model: theme-minilm-l6 .* in the program$", version, re.M), version
    assert re.search(
        rf"^runtime: ONNX Runtime 1\.24\.4, {re.escape(str(folder.resolve()))}.*onnxruntime", version, re.M
    ), version
    printed = clean.run(
        "themes", ROOT / "data" / "hospital", ROOT / "data" / "homecare.csv", "--stability", 0, "-o", "run"
    )
    themes_with_quotes(printed)
    licences = [path.name for path in (folder / "venv").rglob("leitmotif-*.dist-info/licenses/**/*") if path.is_file()]
    assert {"LICENSE-MIT", "LICENSE-APACHE", "LICENSE-models"} <= set(licences), licences
    passed("the program finds themes in an empty environment, with the library of its own environment")

    # Without pandas and Polars everything but frames works, and frames say what is missing.
    told = clean.python(
        "import leitmotif\n"
        f"found = leitmotif.themes({str(ROOT / 'data' / 'homecare.csv')!r}, options=['--stability', '0'])\n"
        "print(found.summary['counts']['participants'])\n"
        "try:\n    found.themes\nexcept leitmotif.LeitmotifError as error:\n    print(error.hint)"
    )
    assert told.split("\n")[0] == "30" and "pip install pandas" in told, told
    assert clean.run("-m", "leitmotif", "--version", by=clean.bin / "python") == version
    passed("the module works without pandas and Polars, and says what frames need")


def frames_are_the_exports(full: Environment) -> None:
    for library in ("pandas", "polars"):
        full.run(
            ROOT / "tests" / "python" / "frames.py", library, ROOT / "data" / "homecare.csv", by=full.bin / "python"
        )
        full.run(ROOT / "tests" / "python" / "refusals.py", library, by=full.bin / "python")
    def saved(library: str) -> dict:
        analysis = json.loads((full.work / f"from-{library}" / "analysis.json").read_text("utf-8"))
        # A frame of participants goes through a file of its own, and the seal is over that file's path too.
        for read in analysis["manifest"]["also_read"]:
            read["path"] = Path(read["path"]).name
        del analysis["files"]["seal"]
        return analysis

    one, other = saved("pandas"), saved("polars")
    assert one == other, "the same words in pandas and Polars give different analyses"
    passed("frames of pandas and Polars hold what the exports hold, cell by cell, and give one analysis")
    passed("what the module refuses is a LeitmotifError with a message and a hint")
    full.run("-m", "mypy", "--strict", "-p", "leitmotif", by=full.bin / "python")
    passed("the module's types hold (mypy --strict)")


def an_assistant(full: Environment) -> None:
    full.run("themes", ROOT / "data" / "hospital", ROOT / "data" / "homecare.csv", "-o", "both")
    passed(full.run(ROOT / "tests" / "python" / "mcp_client.py", full.program, "both", by=full.bin / "python").strip())


def coded_by_somebody(project: Path, coded: Path) -> None:
    """A project as another program exports it once somebody coded in it: the same, of another coder."""
    with zipfile.ZipFile(project) as given, zipfile.ZipFile(coded, "w") as out:
        for name in given.namelist():
            data = given.read(name)
            if name == "project.qde":
                assert data.count(b"leitmotif (automatic)") > 0
                data = data.replace(b"leitmotif (automatic)", b"Ann")
            out.writestr(name, data)


def recipes(full: Environment) -> None:
    """Every block of docs/recipes.md, in its order, in one folder."""
    shutil.copytree(ROOT / "data" / "hospital", full.work / "interviews")
    survey = ["respondent,question,answer"]
    for number in range(40):
        about, also = [
            ("the rota app", "phone"),
            ("the night shift", "sleep"),
            ("my manager", "praise"),
            ("the pay", "rent"),
        ][number % 4]
        survey.append(
            f"{number:03},What matters most to you at work?,"
            f'"It is {about} that matters to me, and the {also} that comes with it."'
        )
    (full.work / "survey.csv").write_text("\n".join(survey) + "\n", "utf-8")
    full.run("themes", "interviews", "--stability", 0, "-o", "before")
    full.run("export", "before", "--to", "qdpx", "-o", "before.qdpx")
    coded_by_somebody(full.work / "before.qdpx", full.work / "coded.qdpx")
    text = (ROOT / "docs" / "recipes.md").read_text("utf-8")
    ran: dict[str, int] = {}
    for language, block in re.findall(r"^```([\w-]+)\n(.*?)^```$", text, re.M | re.S):
        if language == "sh":
            for line in block.splitlines():
                arguments = line.split("#")[0].split()
                assert arguments[0] == "leitmotif", line
                full.run(*arguments[1:])
        elif language == "python":
            full.run("-c", block, by=full.bin / "python")
        elif language == "sql":
            full.run(
                "-c",
                f"import duckdb\nfound = duckdb.sql({block!r}).fetchall()\nassert found and found[0][1] > 1, found",
                by=full.bin / "python",
            )
        elif language == "r" and (r := shutil.which("Rscript")):
            # The program is on the path, as a researcher would have it; R's own start script needs a shell's tools.
            variables = {**full.variables(True), "PATH": os.pathsep.join([str(full.bin), os.defpath])}
            done = subprocess.run(
                [r, "-e", block], cwd=full.work, env=variables, capture_output=True, text=True, check=False
            )
            if "there is no package called" in done.stderr:
                skipped("a recipe in R", done.stderr.strip().splitlines()[0])
                continue
            assert done.returncode == 0, done.stderr
        elif language == "r":
            skipped("a recipe in R", "Rscript is not installed")
            continue
        else:
            skipped(f"a recipe ({language})", "the recipe says so")
            continue
        ran[language] = ran.get(language, 0) + 1
    assert ran.get("sh", 0) >= 5 and ran.get("python", 0) >= 3 and ran.get("sql") == 1, ran
    full.run(
        "-c",
        "import openpyxl\nbook = openpyxl.load_workbook('themes.xlsx')\n"
        "assert {'themes', 'quotes', 'assignments'} <= set(book.sheetnames)",
        by=full.bin / "python",
    )
    passed(
        "docs/recipes.md runs: " + ", ".join(f"{count} blocks of {language}" for language, count in sorted(ran.items()))
    )


def an_installation_into_a_folder(full: Environment, wheel: Path) -> None:
    """`pip install --target`: the module runs the program that came with it, not that of the environment."""
    folder = full.work / "apart"
    full.pip("--no-deps", "--target", folder, wheel)
    told = full.python(f"import sys; sys.path.insert(0, {str(folder)!r}); import leitmotif; print(leitmotif.program())")
    assert Path(told.strip()).parent.parent == folder.resolve(), told
    told = full.python("import leitmotif; print(leitmotif.program())")
    assert Path(told.strip()).parent == full.bin.resolve(), told
    passed("pip install --target brings its own program")


def uvx_and_pipx(full: Environment, wheel: Path) -> None:
    told = full.run(
        "tool",
        "run",
        "--quiet",
        "--python",
        sys.executable,
        "--from",
        wheel,
        "leitmotif",
        "--version",
        by=full.bin / "uv",
        own=False,
    )
    assert "ONNX Runtime 1.24.4" in told, told
    told = full.run(
        "run",
        "--quiet",
        "--python",
        sys.executable,
        "--spec",
        wheel,
        "leitmotif",
        "--version",
        by=full.bin / "pipx",
        own=False,
    )
    assert "ONNX Runtime 1.24.4" in told, told
    passed("uvx and pipx run it")


def main() -> None:
    wheel = Path(sys.argv[1]).resolve()
    size = wheel.stat().st_size / 1e6
    assert size < 100, f"the wheel has {size:.0f} MB; the registry takes 100"
    print(f"{wheel.name}: {size:.1f} MB")
    with tempfile.TemporaryDirectory() as folder:
        the_program_in_an_empty_environment(wheel, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        full = Environment(Path(folder))
        full.pip(wheel, "-r", ROOT / "python" / "requirements-test.txt")
        frames_are_the_exports(full)
        an_assistant(full)
        recipes(full)
        an_installation_into_a_folder(full, wheel)
        uvx_and_pipx(full, wheel)


if __name__ == "__main__":
    main()
