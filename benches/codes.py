"""How many passages does `leitmotif code` give the codes that a careful coder gave them?

    python3 benches/codes.py FOLDER --program target/release/leitmotif [--model [NAME=]MODEL …] [--folds NAME=FOLDER]
        [--interviews FILE] [--sections NAME …] [--examples N …] [--draws N] [--withheld N] [--few N …]

FOLDER holds `sections/*.csv` and `codebooks/*.json` as benches/coded.py reads them; the codes are a reading machine's. With
`--folds` each file is measured with a model that never saw its question.

Each file is given to the program as a table of answers to one question, a passage a row, with its codebook (names and definitions),
and with N examples a code (`--examples`, each N a row of the table, 0 for none), drawn at random; examples are not counted. One row
a model and N, means over the files and draws:

right     of the passages with codes, the share whose first code from the program is one of the coder's; one without any is not right
best      the same where every passage gets its likeliest code (`--every-passage --max-codes 1`)
coded     the share that got a code
precision of the codes that the program gave passages with codes, the share that the coder gave, too
recall    of the coder's codes, the share that the program gave
times     how many times too many or too few passages a code typically gets: of each code the ratio of one more than the program gave
          to one more than the coder gave, or its inverse, as the exponent of the mean absolute logarithm; without examples
absent    definitions of five codes of another file stand in the codebook, too: how many passages, of all, get one of them
nobody's  of those codes, the share that is given to no passage at all
withheld  `--withheld N` codes are left out of the codebook: the share of their passages that is in the one emergent theme that holds
          most of them

With `--few N …`, then, codebooks of N codes that are drawn from each file's, `--draws` times, definitions alone: precision (of what was
given to passages that the coder gave any of all codes), recall and times.
"""
import argparse
import csv
import json
import math
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import coded

ABSENT = 5
COLUMNS = ["right", "best", "coded", "precision", "recall", "times", "absent", "nobody's", "withheld"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--program", type=Path, required=True, help="the built leitmotif")
    parser.add_argument("--model", action="append", default=[], metavar="[NAME=]MODEL")
    parser.add_argument("--folds", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--interviews", type=Path, help="where the texts are, if FOLDER has codes alone")
    parser.add_argument("--sections", nargs="*", help="these files alone (names without .csv)")
    parser.add_argument("--examples", type=int, nargs="+", default=[0, 5, 10], help="examples a code")
    parser.add_argument("--draws", type=int, default=3, help="draws of the examples")
    parser.add_argument("--withheld", type=int, default=2, help="codes that are left out, in one more run without examples")
    parser.add_argument("--few", type=int, nargs="*", default=[], help="codebooks of so many codes, drawn from each file's")
    parser.add_argument("--each", action="store_true", help="print every file besides the means")
    parser.add_argument("--work", type=Path, default=Path("target/bench"))
    return parser.parse_args()


def book_of(path):
    """{code: its entry} of the codebook of a file of passages."""
    book = json.loads((path.parent.parent / "codebooks" / (path.stem + ".json")).read_text(encoding="utf-8"))
    return {code["code"]: code for code in book}


class File:
    """Passages of one question, with their codes and the codebook."""

    def __init__(self, path, units):
        self.name = path.stem
        self.people, self.texts, self.codes, _ = coded.read(path, units)
        self.book = book_of(path)
        self.codes = [[code for code in own if code in self.book] for own in self.codes]
        self.known_ids = None

    def run(self, given, model, book, examples=(), more=()):
        """-> for each passage its codes and themes from the program, the first one first."""
        with tempfile.TemporaryDirectory() as folder:
            table, codes, sheet, run = (Path(folder, name) for name in ("passages.csv", "codebook.csv", "sheet.csv", "run"))
            write(table, ["respondent_id", "question", "answer"],
                  ([f"p{person}", "What do you say to that?", text] for person, text in zip(self.people, self.texts)))
            write(codes, ["code", "name", "definition"], ([c["code"], c.get("name"), c.get("definition")] for c in book))
            options = ["--model", model] if model else []
            if examples:
                self.known_ids = self.known_ids or self.ids(given, table)
                write(sheet, ["unit", "code"], ([self.known_ids[i], code] for i in examples for code in self.codes[i]))
                options += ["--codes", sheet]
            command = [given.program, "code", table, "--unit", "answer", "--codes", codes, "-o", run,
                       "--cache", given.work / "coded-cache", "-q", *options, *more]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            summary = json.loads(Path(run, "analysis.json").read_text(encoding="utf-8"))
            named = {theme["id"]: theme["code"]["code"] for section in summary["sections"] for theme in section["themes"]
                     if theme.get("code")}
            found = [[] for _ in self.texts]
            for row in coded.exported(given, run, "csv"):
                themes = [row["theme"], *filter(None, row.get("also", "").split(";"))] if row["theme"] else []
                found[int(row["record"]) - 1] = [named.get(theme, theme) for theme in themes]
        return found

    def ids(self, given, table):
        rows = [row for row in coded.exported(given, table, "units", "--unit", "answer") if row["kind"] == "unit"]
        by_text = defaultdict(list)
        for row in rows:
            by_text[row["text"]].append(row["id"])
        return [by_text[text.strip()].pop(0) if by_text[text.strip()] else None for text in self.texts]


def write(path, titles, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(titles)
        out.writerows(rows)


def drawn(codes, n, seed):
    """Places of passages that together are `n` examples of each code, as far as there are so many."""
    rng, count, chosen = random.Random(seed), Counter(), []
    for i in rng.sample(range(len(codes)), len(codes)):
        if any(count[code] < n for code in codes[i]):
            chosen.append(i)
            count.update(codes[i])
    return chosen


def agreement(found, codes, left_out=()):
    judged = [i for i, own in enumerate(codes) if own and i not in set(left_out)]
    both = sum(len(set(found[i]) & set(codes[i])) for i in judged)
    known = {code for own in codes for code in own}
    given = [[code for code in found[i] if code in known] for i in judged]
    return {
        "right": sum(bool(own) and own[0] in codes[i] for own, i in zip(given, judged)) / len(judged),
        "coded": sum(bool(own) for own in given) / len(judged),
        "precision": both / max(sum(map(len, given)), 1),
        "recall": both / sum(len(codes[i]) for i in judged),
    }


def times(found, codes, book):
    given, own = (Counter(code for many in side for code in set(many)) for side in (found, codes))
    return math.exp(sum(abs(math.log((given[code] + 1) / (own[code] + 1))) for code in book) / len(book))


def of_few(file, n, given, model):
    rows = []
    for draw in range(given.draws):
        chosen = random.Random(1000 * n + draw).sample(list(file.book.values()), n)
        names = {code["code"] for code in chosen}
        found = [[code for code in own if code in names] for own in file.run(given, model, chosen)]
        own = [[code for code in many if code in names] for many in file.codes]
        judged = [i for i, many in enumerate(file.codes) if many]
        both = sum(len(set(found[i]) & set(own[i])) for i in judged)
        rows.append({"precision": both / max(sum(len(found[i]) for i in judged), 1), "recall": both / max(sum(map(len, own)), 1),
                     "times": times([found[i] for i in judged], [own[i] for i in judged], names)})
    return rows


def measured(file, other, given, model):
    """{examples: rows of figures}"""
    table, book = defaultdict(list), list(file.book.values())
    for n in given.examples:
        for draw in range(given.draws if n else 1):
            examples = drawn(file.codes, n, draw) if n else []
            of = lambda *more: file.run(given, model, book, examples, more)
            found, best = of(), of("--every-passage", "--max-codes", "1")
            table[n].append({**agreement(found, file.codes, examples), "best": agreement(best, file.codes, examples)["right"]})
            if not examples:
                table[n][-1]["times"] = times(found, file.codes, file.book)
    if 0 not in given.examples:
        return table
    absent = [{**code, "code": f"absent {code['code']}"} for code in random.Random(1).sample(other, ABSENT)]
    found = file.run(given, model, book + absent)
    got = [code for own in found for code in own if code.startswith("absent ")]
    table[0][0]["absent"] = sum(any(code.startswith("absent ") for code in own) for own in found) / len(found)
    table[0][0]["nobody's"] = 1 - len(set(got)) / ABSENT
    if given.withheld:
        often = Counter(code for own in file.codes for code in own[:1])
        withheld = random.Random(2).sample([code for code, n in sorted(often.items()) if n >= 10], given.withheld)
        found = file.run(given, model, [code for code in book if code["code"] not in withheld])
        shares = []
        for code in withheld:
            own = [i for i, codes in enumerate(file.codes) if code in codes]
            themes = Counter(theme for i in own for theme in found[i] if theme not in file.book)
            shares.append(max(themes.values(), default=0) / len(own))
        table[0][0]["withheld"] = sum(shares) / len(shares)
    return table


def line(model, n, rows):
    mean = lambda column: [row[column] for row in rows if column in row]
    cells = "".join(f"{sum(mean(c)) / len(mean(c)):>11.3f}" if mean(c) else f"{'':>11}" for c in COLUMNS)
    return f"{model:<22} {n:>8}{cells}"


def main():
    given = arguments()
    paths = coded.sections_of(given.folder)
    units = coded.units_of(given) if given.interviews else None
    files = {path: File(path, units) for path in paths if not given.sections or path.stem in given.sections}
    print(f"{'model':<22} {'examples':>8}" + "".join(f"{column:>11}" for column in COLUMNS), flush=True)
    for name, model in coded.models_of(given).items():
        table = defaultdict(list)
        for path, file in files.items():
            # The codes that are absent are of another question.
            others = [p for p in paths if coded.data.question_of(p) != coded.data.question_of(path)]
            other = list(book_of(others[paths.index(path) % len(others)]).values())
            for n, rows in measured(file, other, given, model(path)).items():
                table[n] += rows
                if given.each:
                    print(line(path.stem[-22:], n, rows), flush=True)
        for n, rows in table.items():
            print(line(name, n, rows), flush=True)
        for n in given.few:
            rows = [row for path, file in files.items() if n <= len(file.book) for row in of_few(file, n, given, model(path))]
            print(line(f"{name}, {n} codes", 0, rows), flush=True)


if __name__ == "__main__":
    main()
