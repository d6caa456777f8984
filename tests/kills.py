#!/usr/bin/env python3
"""Kills the program at its system calls, and looks at what is left. Needs strace (Linux).

    python3 tests/kills.py target/release/leitmotif data/hospital [--kills 200]
    python3 tests/kills.py target/release/leitmotif data/hospital --flips 60

--kills N: `themes --force`, `codebook --apply`, `export` and `report` are each killed (SIGKILL) at N / 4 system calls of their main
thread, which does the writing: half of them among the last fifth, where files are put in place, the rest spread evenly over
all calls by which they write (openat, mkdir, write, fsync, rename, unlink, fchmod …). After each kill the analysis must load and be the old or the new one, every other file must be as it was, and after the next run nothing else may be left.
--flips N: N single bits, spread evenly, are flipped in each of the three files; each must give an error or the same export.
Prints a table; exit status 1 when anything was lost.
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CALLS = "openat,mkdir,mkdirat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,chmod,fchmod,fchmodat,ftruncate,flock"
OURS = {"analysis.json", "answers.parquet", "vectors.npy", "codebook.toml"}


def run(command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, **options)


def state(folder):
    """Relative path -> hash of every file below a folder."""
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


class Case:
    """A command on a fresh copy of an analysis with other people's files beside its own."""

    def __init__(self, name, program, made, interviews, cache):
        self.name, self.program, self.made, self.interviews, self.cache = name, program, made, interviews, cache

    def prepare(self, place):
        shutil.copytree(self.made, place / "run")
        (place / "run" / "notes.txt").write_text("mine")
        (place / "out").mkdir()
        (place / "out" / "old.csv").write_text("old")
        (place / "out" / "old.html").write_text("old")
        if self.name == "codebook --apply":
            book = place / "run" / "codebook.toml"
            found = re.search(r'^\[theme\."([^"]+)"\]$', book.read_text(), re.M)
            book.write_text(book.read_text().replace(found.group(0), found.group(0) + '\nname = "Renamed by hand"', 1))

    def command(self, place):
        run_folder, out = place / "run", place / "out"
        return {
            "themes --force": [self.program, "themes", self.interviews, "-o", run_folder, "--force", "--stability", "0", "-q",
                               "--cache", self.cache, "--granularity", "1.4"],
            "codebook --apply": [self.program, "codebook", run_folder, "--apply"],
            "export": [self.program, "export", run_folder, "--to", "csv", "-o", out / "old.csv", "--force"],
            "report": [self.program, "report", run_folder, "-o", out / "old.html", "--force", "-q"],
        }[self.name]

    def result(self, place):
        """What a reader gets: the exported analysis, and the files that were written."""
        done = run([self.program, "export", place / "run", "--to", "csv"])
        if done.returncode != 0:
            return "cannot be read: " + done.stderr.decode()[:200]
        files = {name: digest for name, digest in state(place).items() if not name.startswith("run/") and "/." not in name}
        return hashlib.sha256(done.stdout).hexdigest(), tuple(sorted(files.items()))

    def remains(self, place):
        allowed = {f"run/{name}" for name in OURS} | {"run/notes.txt", "out/old.csv", "out/old.html"}
        return sorted(set(state(place)) - allowed)


def kills(given, made, work):
    lost = 0
    print(f"{'command':<18}{'kills':>6}{'died':>6}{'old':>6}{'new':>6}{'lost':>6}{'remains':>9}")
    for name in ("themes --force", "codebook --apply", "export", "report"):
        case = Case(name, given.program, made, given.interviews, work / "cache")
        before = work / f"{name.split()[0]}-whole"
        before.mkdir()
        case.prepare(before)
        old = case.result(before)
        run(["strace", "-qq", "-o", before / "trace", "-e", f"trace={CALLS}", *case.command(before)])
        calls = [line.split("(")[0].split()[-1] for line in (before / "trace").read_text().splitlines() if re.match(r"[a-z]", line)]
        (before / "trace").unlink()
        n_calls = len(calls)
        new = case.result(before)
        counts = {"died": 0, "old": 0, "new": 0, "lost": 0, "remains": 0}
        wanted = max(1, given.kills // 4)
        late = max(1, n_calls // 5)
        places = [n_calls - late + 1 + i * late // (wanted // 2 or 1) for i in range(wanted // 2)]
        places += [1 + i * (n_calls - late) // (wanted - wanted // 2) for i in range(wanted - wanted // 2)]
        for at in places:
            with tempfile.TemporaryDirectory(dir=work) as folder:
                place = Path(folder)
                case.prepare(place)
                # strace counts each kind of call by itself.
                call, which = calls[at - 1], calls[:at].count(calls[at - 1])
                done = run(["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                            "-e", f"inject={call}:signal=KILL:when={which}", *case.command(place)])
                counts["died"] += done.returncode != 0
                found = case.result(place)
                if found == old or (name == "codebook --apply" and found[0] == old[0]):
                    counts["old"] += 1
                elif found == new:
                    counts["new"] += 1
                else:
                    counts["lost"] += 1
                    print("  lost:", name, at, found if isinstance(found, str) else "", file=sys.stderr)
                if (place / "run/notes.txt").read_text() != "mine":
                    counts["lost"] += 1
                run(case.command(place))
                left = case.remains(place)
                counts["remains"] += bool(left)
                if left or case.result(place) != new:
                    print("  after the next run:", name, at, left, case.result(place) == new, file=sys.stderr)
        lost += counts["lost"] + counts["remains"]
        print(f"{name:<18}{len(places):>6}" + "".join(f"{counts[c]:>{9 if c == 'remains' else 6}}" for c in counts), flush=True)
    return lost


def flips(given, made, work):
    export = lambda folder: run([given.program, "export", folder, "--to", "csv"])
    expected, believed = export(made).stdout, 0
    print(f"{'file':<18}{'flips':>6}{'errors':>8}{'same':>6}{'believed':>10}")
    for name in ("analysis.json", "answers.parquet", "vectors.npy"):
        counts = {"errors": 0, "same": 0, "believed": 0}
        folder = work / f"flip-{name}"
        shutil.copytree(made, folder)
        whole = (folder / name).read_bytes()
        for trial in range(given.flips):
            at = trial * len(whole) // given.flips + (trial * 7919) % max(1, len(whole) // given.flips)
            damaged = bytearray(whole)
            damaged[at] ^= 1 << (trial % 8)
            (folder / name).write_bytes(damaged)
            done = export(folder)
            clear = done.returncode == 1 and b"error: " in done.stderr and b"hint: " in done.stderr
            counts["errors" if clear else "same" if done.returncode == 0 and done.stdout == expected else "believed"] += 1
        believed += counts["believed"]
        print(f"{name:<18}{given.flips:>6}{counts['errors']:>8}{counts['same']:>6}{counts['believed']:>10}", flush=True)
    return believed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("interviews", type=Path)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--flips", type=int, default=0)
    given = parser.parse_args()
    given.program, given.interviews = given.program.resolve(), given.interviews.resolve()
    if given.kills and not shutil.which("strace"):
        sys.exit("error: strace is not installed\nhint: apt-get install strace")
    work = Path(tempfile.mkdtemp())
    made = work / "made"
    run([given.program, "themes", given.interviews, "-o", made, "--stability", "0", "-q", "--cache", work / "cache"], check=True)
    failed = (kills(given, made, work) if given.kills else 0) + (flips(given, made, work) if given.flips else 0)
    shutil.rmtree(work)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
