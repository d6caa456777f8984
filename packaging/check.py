#!/usr/bin/env python3
"""Checks what brings Leitmotif to people, as far as that is possible without the systems it is for.

    python3 packaging/check.py                      everything; exit status 1 when something is wrong
    python3 packaging/check.py --hashes SHA256SUMS  writes a release's hashes and address into the formula

In: the checkout, and what is installed of Ruby, hadolint, zizmor and check-jsonschema. Out: a line for each check; what
cannot be checked here is said with its reason, and is no failure.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import tomllib
except ImportError:
    sys.exit("error: the checks need Python 3.11 or newer\nhint: `make check-packaging PYTHON=python3.11`")

import yaml
from archive import ROOT, SYSTEMS, glibc, needs, older, read_me, version

LARGEST_CRATE = 10_000_000
FORMULA = ROOT / "packaging" / "homebrew" / "leitmotif.rb"
RECIPE = ROOT / "packaging" / "conda" / "meta.yaml"
DOCKERFILE = ROOT / "packaging" / "docker" / "Dockerfile"
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"
wrong: list[str] = []


def check(holds: object, what: str) -> None:
    print(f"{'ok' if holds else 'WRONG'}: {what}")
    if not holds:
        wrong.append(what)


def by(tool: str, what: str, *arguments: object) -> None:
    """Runs a checker, beside this Python or on the path."""
    place = shutil.which(tool, path=str(Path(sys.executable).parent)) or shutil.which(tool)
    if place is None:
        print(f"skipped: {what}: {tool} is not installed")
        return
    done = subprocess.run([place, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    check(done.returncode == 0, f"{what} ({tool})")


def manifest() -> dict:
    with (ROOT / "Cargo.toml").open("rb") as file:
        return tomllib.load(file)["package"]


def crate() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["cargo", "package", "--no-verify", "--allow-dirty", "--quiet", "--locked", "--target-dir", folder]
        subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        (packed,) = Path(folder, "package").glob("*.crate")
        size = packed.stat().st_size
    listed = subprocess.run(
        ["cargo", "package", "--list", "--allow-dirty"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = set(listed.stdout.splitlines())
    check(size < LARGEST_CRATE, f"the crate has {size / 1e6:.1f} MB; the registry takes 10")
    check(not any(name.endswith(".onnx") for name in names), "no model is in the crate")
    needed = {
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "models/compiled_in.rs",
        "models/all-minilm-l6-v2/tokenizer.json",
        "Cargo.lock",
    }
    check(needed <= names, "what the program is built with is in the crate")


def binstall() -> None:
    found = manifest()["metadata"]["binstall"]["overrides"]
    own = {f"{target}: {entry['pkg-url'].rsplit('/', 1)[-1]}" for target, entry in found.items()}
    triples = {
        "x86_64-unknown-linux-gnu": "linux-x86_64",
        "aarch64-unknown-linux-gnu": "linux-aarch64",
        "aarch64-apple-darwin": "macos-arm64",
        "x86_64-pc-windows-msvc": "windows-x64",
    }
    ending = {"windows-x64": "zip"}
    archives = {
        f"{target}: leitmotif-{{ version }}-{system}.{ending.get(system, 'tar.gz')}"
        for target, system in triples.items()
    }
    check(own == archives and set(triples.values()) == set(SYSTEMS), "cargo binstall names the archives")
    folders = all(
        entry["bin-dir"].startswith(f"leitmotif-{{ version }}-{triples[target]}/") for target, entry in found.items()
    )
    check(folders, "cargo binstall names the program in them")


def archives() -> None:
    asked = b"\x7fELF\0GLIBC_2.2.5\0GLIBC_2.35\0GLIBC_2.9\0GLIBC_PRIVATE\0a GLIBC_2.99\0"
    check(glibc(asked) == (2, 35) and glibc(b"\x7fELF\0") is glibc(asked[1:]) is None, "glibc is read from symbols")
    with tempfile.TemporaryDirectory() as place:
        folder, program = Path(place), Path(place, "program")
        for name, told in ((b"\x7fELF\0GLIBC_2.28\0", 0), (asked, 1)):
            program.write_bytes(name)
            check(needs("linux-x86_64", [program])[1].count("hint:") == told, "a newer glibc than a release's is told")
        own = f"leitmotif-{version()}-linux-x86_64.tar.gz"
        others = ["leitmotif-9.9.9-linux-aarch64.tar.gz", "leitmotif-9.9.9.cdx.json", "notes-9.9.9-linux-x86_64.tar.gz"]
        for name in (own, "leitmotif-9.9.9-linux-x86_64.tar.gz", *others):
            (folder / name).touch()
        found = [path.name for path in older(folder, "linux-x86_64", own)]
        check(found == ["leitmotif-9.9.9-linux-x86_64.tar.gz"], "an archive of another version of this system is old")
    texts = [read_me(system, needs(system, [])[0]).decode() for system in SYSTEMS]
    bare = all(system in text and "](" not in text and "NEEDS" not in text for system, text in zip(SYSTEMS, texts))
    check(bare, "the archives' README.md names its system and leads to no document that is not there")


def formula() -> None:
    text = FORMULA.read_text("utf-8")
    check(f'version "{version()}"' in text, "the formula has the crate's version")
    names = set(re.findall(r"/v[\d.]+/(leitmotif-[\d.]+-[\w-]+)\.tar\.gz", text))
    check(
        names == {f"leitmotif-{version()}-{s}" for s in SYSTEMS if not s.startswith("windows")},
        "the formula names the archives",
    )
    check(len(re.findall(r'^ +sha256 "[0-9a-f]{64}"$', text, re.M)) == len(names), "the formula has a hash for each")
    by("ruby", "the formula is Ruby", "-c", FORMULA)


def recipe() -> None:
    text = RECIPE.read_text("utf-8")
    values = dict(re.findall(r'{% set (\w+) = "([^"]+)" %}', text))
    filled = re.sub(r"{%.*?%}\n", "", text)
    filled = re.sub(r"{{ (\w+) }}", lambda found: values[found[1]], filled)
    filled = re.sub(r'{{ compiler\("(\w+)"\) }}', r"\1-compiler", filled)
    read = yaml.safe_load(filled)
    check(str(read["package"]["version"]) == version(), "the recipe has the crate's version")
    here = [*read["test"]["source_files"], *read["about"]["license_file"]]
    check(all((ROOT / name).is_file() for name in here), "the files that the recipe names are there")
    pinned = re.search(r'^VERSION = "([^"]+)"', (ROOT / "models" / "get_runtime.py").read_text("utf-8"), re.M)[1]
    check(
        any(need.endswith(f"=={pinned}") for need in read["requirements"]["run"]),
        f"the recipe needs ONNX Runtime {pinned}",
    )
    wheel = tomllib.loads((ROOT / "python" / "pyproject.toml").read_text("utf-8"))
    check(wheel["project"]["dependencies"] == [f"onnxruntime=={pinned}"], f"the wheel needs ONNX Runtime {pinned}")


def dockerfile() -> None:
    lines = [
        line for line in DOCKERFILE.read_text("utf-8").replace("\\\n", " ").splitlines() if line and line[0] != "#"
    ]
    last = max(number for number, line in enumerate(lines) if line.startswith("FROM "))
    users = [line.split()[1] for line in lines[last:] if line.startswith("USER ")]
    check(users and not users[-1].startswith(("root", "0")), "the image does not run as root")
    check(
        not any(re.search(r"\b(curl|wget)\b|^ADD ", line) for line in lines), "the image downloads nothing but packages"
    )
    by("hadolint", "the Dockerfile", DOCKERFILE)


def workflow() -> None:
    read = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    jobs = read["jobs"]
    needs = [
        need
        for job in jobs.values()
        for need in ([job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", []))
    ]
    check(set(needs) <= set(jobs), "the workflow's jobs wait for jobs that are there")
    systems = [row["system"] for row in jobs["build"]["strategy"]["matrix"]["include"]]
    check(tuple(systems) == SYSTEMS, "the workflow builds every system's archive")
    steps = [step for job in jobs.values() for step in job["steps"]]
    actions = [step["uses"] for step in steps if "uses" in step]
    check(all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in actions), "its actions are named by commits")
    scripts = {name for step in steps for name in re.findall(r"[\w/]+\.py\b", step.get("run", ""))}
    check(scripts and all((ROOT / name).is_file() for name in scripts), "the scripts that it runs are there")
    by(
        "check-jsonschema",
        "the workflow is one, by its schema",
        "--builtin-schema",
        "vendor.github-workflows",
        WORKFLOW,
    )
    by("zizmor", "the workflow is safe", "--offline", "--quiet", "--min-severity", "medium", WORKFLOW)


def parts() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "packaging" / "parts.py"), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (path,) = Path(folder).iterdir()
        found = json.loads(path.read_text("utf-8"))["components"]
    names = {part["name"] for part in found}
    check(
        {"serde", "onnxruntime", "theme-minilm-l6"} <= names and "proptest" not in names,
        f"the list of parts has {len(found)}, and none that only tests",
    )
    # ONNX Runtime's hash is one for each system: models/get_runtime.py has them.
    bare = [
        part["name"]
        for part in found
        if "licenses" not in part or "hashes" not in part and part["name"] != "onnxruntime"
    ]
    check(not bare, f"every part has a licence and a hash{': not ' + ', '.join(bare) if bare else ''}")


def write_hashes(sums: Path) -> None:
    """Into the formula, with the address of the repository."""
    address = manifest().get("repository")
    if not address:
        sys.exit("error: Cargo.toml has no `repository`\nhint: set it to where the archives will lie")
    known = {name: digest for digest, name in (line.split() for line in sums.read_text("ascii").splitlines())}
    named = set(re.findall(r"leitmotif-[\w.-]+\.tar\.gz", FORMULA.read_text("utf-8")))
    if missing := sorted(named - set(known)):
        sys.exit(
            f"error: {sums} has no hash of {', '.join(missing)}\n"
            "hint: give the SHA256SUMS of the release, in which all systems' archives are"
        )
    text = FORMULA.read_text("utf-8").replace('"REPOSITORY', f'"{address.rstrip("/")}')
    pattern = r'(/(leitmotif-[\w.-]+\.tar\.gz)"\n +sha256 ")[0-9a-f]{64}'
    FORMULA.write_text(re.sub(pattern, lambda found: found[1] + known[found[2]], text), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hashes", type=Path, metavar="SHA256SUMS")
    if (sums := parser.parse_args().hashes) is not None:
        write_hashes(sums)
        return
    for part in (crate, binstall, archives, formula, recipe, dockerfile, workflow, parts):
        part()
    if wrong:
        sys.exit(f"error: {len(wrong)} checks failed")


if __name__ == "__main__":
    main()
