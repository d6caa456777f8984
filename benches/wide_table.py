"""How much memory, and how long, does a table with one participant a row take?

    python3 benches/wide_table.py --binary target/release/leitmotif [--rows 489000] [--texts data/homecare.csv]

Writes a table of one participant a row (id, group, an answer, a note, numbers; 203 bytes a row) and the same rows as a survey of two
questions. Texts are one or two sentences of the interviews, of which half have two words swapped. Prints for `inspect --no-cache` of
each the largest memory, its ratio to the file's size, and seconds; `/usr/bin/time` must be there.
"""
import argparse
import csv
import os
import random
import re
import subprocess
import sys
from pathlib import Path


def sentences(table):
    """Sentences of the participants, in order, without those of fewer than four words."""
    csv.field_size_limit(sys.maxsize)
    found = []
    with open(table, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for turn in re.findall(r"^Participant: (.*)$", row["text"], flags=re.M):
                found += [s for s in re.split(r"(?<=[.!?]) ", turn) if len(s.split()) >= 4]
    return found


def said(known, random_):
    """One or two sentences; of half of them two words are swapped."""
    words = " ".join(random_.choice(known) for _ in range(random_.choice([1, 1, 2]))).split()
    if random_.random() < 0.5:
        a, b = random_.sample(range(len(words)), 2)
        words[a], words[b] = words[b], words[a]
    return " ".join(words)


def write(folder, rows, known):
    random_ = random.Random(5)
    folder.mkdir(parents=True, exist_ok=True)
    titles = {
        "one.csv": ["id", "group", "answer", "note", "age", "years", "score"],
        "survey.csv": ["id", "group", "What was good about the app?", "What would you change about it?", "age", "years", "score"],
    }
    files = {name: open(folder / name, "w", newline="", encoding="utf-8") for name in titles}
    writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
    for name, header in titles.items():
        writers[name].writerow(header)
    for n in range(rows):
        row = [f"p{n + 1:06}", random_.choice(["town", "village", "farm"]), said(known, random_), said(known, random_)]
        row += [random_.randint(18, 90), random_.randint(0, 40), round(random_.random() * 10, 2)]
        for writer in writers.values():
            writer.writerow(row)
    for file in files.values():
        file.close()
    return [folder / name for name in titles]


def measure(program, path):
    environment = {**os.environ, "HOME": str(path.parent / "home")}
    (path.parent / "home").mkdir(exist_ok=True)
    command = ["/usr/bin/time", "-f", "%M %e %U", program, "inspect", "--no-cache", path]
    with open(path.with_suffix(".txt"), "w") as out:
        ran = subprocess.run(command, env=environment, stdout=out, stderr=subprocess.PIPE, text=True)
    peak, seconds, processor = ran.stderr.strip().split("\n")[-1].split()
    size = path.stat().st_size
    print(f"{path.name}: {size / 1e6:.1f} MB, peak {int(peak) / 1e3:.0f} MB, {int(peak) * 1024 / size:.2f} times, "
          f"{seconds} s, {processor} s of the processor, exit {ran.returncode}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=489_000)
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the tables")
    parser.add_argument("--texts", type=Path, default=Path("data/homecare.csv"))
    parser.add_argument("--binary", type=Path, required=True, help="the program")
    given = parser.parse_args()
    for path in write(given.work / "wide", given.rows, sentences(given.texts)):
        measure(given.binary.resolve(), path)


if __name__ == "__main__":
    main()
