"""How far does one machine go? Interviews dealt anew from real ones, as many as are asked for, from files to report.

    python3 benches/scale.py --binary target/release/leitmotif INTERVIEWS.csv… [--interviews 1000 10000]

INTERVIEWS are tables `transcript_id,text` with turns labelled `AI:` or `Assistant:`, and `User:`. Of each table as many new interviews
are dealt as it has of the whole: the interviewer's turns are those of one interview, drawn with a seed, and each answer is that
of another, drawn anew, to the turn in the same place. So words, lengths and questions are real. The vectors come from the
cache, which a run on the real interviews fills first: every answer stands many times among so many. Passages that are the same are
quicker to cluster than as many different ones; `benches/speed.py` measures the clustering on vectors that all differ.

A row is a process of its own: wall clock, CPU seconds of all threads, the most memory it held (resident). `themes` is run twice:
with `--stability 0`, and as the program does by itself, so that what the draws take is the difference; `inspect` stands for reading.
The run fails where a command takes more memory than `--most-gb`.
"""
import argparse
import csv
import random
import re
import sys
from pathlib import Path

from measuring import machine, measured

SEED = 20
LABEL = re.compile(r"^(User|Assistant|AI):", re.M)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="+", type=Path, help="tables of transcripts")
    parser.add_argument("--binary", type=Path, required=True, help="the program")
    parser.add_argument("--interviews", type=int, nargs="*", default=[1000, 10_000], help="how many are dealt")
    parser.add_argument("--stability", type=int, default=20, help="draws, as the program's option")
    parser.add_argument("--most-gb", type=float, default=12, help="memory that no command may exceed")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for interviews, cache and results")
    return parser.parse_args()


def turns(text):
    """[(label, words)] of a transcript, line breaks kept."""
    parts = LABEL.split(text)[1:]
    return list(zip(parts[::2], parts[1::2]))


def deal(tables, n_interviews, folder):
    """Writes a table for each of `tables`, with `n_interviews` altogether -> their paths."""
    csv.field_size_limit(sys.maxsize)
    originals = []
    for path in tables:
        with open(path, newline="", encoding="utf-8") as file:
            originals.append([turns(row["text"]) for row in csv.DictReader(file)])
    n_originals = sum(map(len, originals))
    folder.mkdir(parents=True, exist_ok=True)
    drawn, paths = random.Random(SEED), []
    for path, interviews in zip(tables, originals):
        said = [[words for label, words in its if label == "User"] for its in interviews]
        paths.append(folder / path.name)
        study = path.stem.partition("_")[0]
        with open(paths[-1], "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["transcript_id", "text"])
            for number in range(round(n_interviews * len(interviews) / n_originals)):
                text, place = [], 0
                for label, words in drawn.choice(interviews):
                    if label == "User":
                        answers = drawn.choice(said)
                        words, place = answers[min(place, len(answers) - 1)] if answers else words, place + 1
                    text.append(f"{label}:{words.rstrip()}\n\n")
                writer.writerow([f"{study}_{number:06}", "".join(text).strip()])
    return paths


def main():
    given = arguments()
    folder = given.work.resolve() / "scale"
    folder.mkdir(parents=True, exist_ok=True)
    binary, home = given.binary.resolve(), folder / "home"
    home.mkdir(exist_ok=True)
    measured([binary, "themes", *given.tables, "-o", folder / "real", "--force", "--quiet", "--stability", "0"], home)
    print(f"{machine()}; {given.stability} draws for stability\n")
    print("| interviews | command | wall s | CPU s | peak GB |\n|---|---|---|---|---|", flush=True)
    missed = []
    for n_interviews in given.interviews:
        tables = deal(given.tables, n_interviews, folder / f"{n_interviews}")
        run = folder / f"run-{n_interviews}"
        themes = ["themes", *tables, "-o", run, "--force", "--quiet", "--stability"]
        commands = {
            "inspect": ["inspect", *tables, "--quiet"],
            "themes --stability 0": [*themes, "0"],
            "themes": [*themes, str(given.stability)],
            "compare": ["compare", run, "--quiet"],
            "export --to parquet": ["export", run, "--to", "parquet", "-o", folder / "units.parquet", "--force", "--quiet"],
            "report": ["report", run, "-o", folder / "report.html", "--force", "--quiet"],
        }
        for name, command in commands.items():
            took = measured([binary, *command], home)
            cells = [n_interviews, f"`{name}`", f"{took.seconds:.1f}", f"{took.cpu_seconds:.1f}", f"{took.peak / 1e9:.2f}"]
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)
            if took.peak > given.most_gb * 1e9:
                missed.append(f"{n_interviews} interviews, {name}: {took.peak / 1e9:.1f} GB, at most {given.most_gb:.0f} wanted")
    for miss in missed:
        print(f"MISSED: {miss}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
