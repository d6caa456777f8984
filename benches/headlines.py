"""Do headlines say what themes say? Cards for a reader who has seen nothing else.

    python3 benches/headlines.py cards ANALYSIS -o FOLDER [--n 60] [--seed 0]
    python3 benches/headlines.py score FOLDER headlines=ANSWERS.txt keywords=ANSWERS.txt

`cards` draws themes of an analysis (a folder that `leitmotif themes … -o` wrote, with Parquet read by
pyarrow, or exported beside it with `leitmotif export ANALYSIS --to csv -o FILE`, see --assignments) and
writes `headlines.txt` and `keywords.txt`: for each theme its name, and four themes of the same section as
five passages each, shuffled. Passages that the name is from, or that are quoted, are left out. The key is
in `key.json`, which the reader does not see. A theme without a headline is on a card with its keywords and
counted apart. The reader answers a line a card, `17 C`; `score` compares the lines with the key.
"""

import argparse
import csv
import json
import pathlib
import random
import re
import sys

CHOICES = "ABCD"
PASSAGES = 5


def passages_of(analysis, assignments):
    """(unit, theme, text) of every passage in a theme."""
    if assignments:
        with open(assignments, newline="", encoding="utf-8") as file:
            return [(row["unit"], row["theme"], row["text"]) for row in csv.DictReader(file) if row["theme"]]
    try:
        import pyarrow.parquet
    except ImportError:
        sys.exit("error: pyarrow is not installed, so answers.parquet cannot be read\n"
                 "hint: `pip install pyarrow`, or name assignments with `--assignments` (`leitmotif export --to csv`)")
    table = pyarrow.parquet.read_table(analysis / "answers.parquet").to_pydict()
    name = "unit" if "unit" in table else "id"
    return [row for row in zip(table[name], table["theme"], table["text"]) if row[1]]


def seen_units(theme):
    quotes = theme["quotes"] + ([theme["boundary_quote"]] if theme.get("boundary_quote") else [])
    seen = {quote["unit"] for quote in quotes}
    if theme.get("headline"):
        seen.add(theme["headline"]["unit"])
    return seen


def cards(arguments):
    analysis = pathlib.Path(arguments.analysis)
    summary = json.loads((analysis / "analysis.json").read_text(encoding="utf-8"))
    texts = {}
    for unit, theme, text in passages_of(analysis, arguments.assignments):
        texts.setdefault(theme, []).append((unit, text))
    random_ = random.Random(arguments.seed)
    drawable = []
    for section in summary["sections"]:
        unseen = {}
        for theme in section["themes"]:
            free = [text for unit, text in texts.get(theme["id"], []) if unit not in seen_units(theme)]
            if len(free) >= PASSAGES:
                unseen[theme["id"]] = free
        if len(unseen) >= len(CHOICES):
            drawable += [(section, theme, unseen) for theme in section["themes"] if theme["id"] in unseen]
    drawn = random_.sample(drawable, min(arguments.n, len(drawable)))
    out = pathlib.Path(arguments.output)
    out.mkdir(parents=True, exist_ok=True)
    key, sheets = [], {"headlines": [], "keywords": []}
    for number, (section, theme, unseen) in enumerate(drawn, 1):
        others = random_.sample([other for other in unseen if other != theme["id"]], len(CHOICES) - 1)
        order = random_.sample([theme["id"], *others], len(CHOICES))
        body = []
        for letter, other in zip(CHOICES, order):
            body.append(f"  {letter}")
            body += ["    - " + " ".join(text.split()) for text in random_.sample(unseen[other], PASSAGES)]
        headline = theme.get("headline")
        keywords = ", ".join(keyword["term"] for keyword in theme["keywords"][:3]) or "(none)"
        names = {"headlines": " ".join(headline["text"].split()) if headline else keywords, "keywords": keywords}
        for kind, name in names.items():
            sheets[kind].append("\n".join([f"Card {number}: which theme is called “{name}”?", *body]))
        key.append({"card": number, "theme": theme["id"], "answer": CHOICES[order.index(theme["id"])],
                    "has_headline": bool(headline)})
    intro = "For each card, answer with its number and one letter, a line a card: `1 B`.\n\n"
    for kind, sheet in sheets.items():
        (out / f"{kind}.txt").write_text(intro + "\n\n".join(sheet) + "\n", encoding="utf-8")
    (out / "key.json").write_text(json.dumps(key, indent=1), encoding="utf-8")
    with_headline = sum(entry["has_headline"] for entry in key)
    print(f"{len(key)} cards of {len(drawable)} themes that can be drawn; {with_headline} have a headline")


def score(arguments):
    key = json.loads((pathlib.Path(arguments.folder) / "key.json").read_text(encoding="utf-8"))
    for named in arguments.answers:
        kind, _, path = named.partition("=")
        lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
        answers = dict(found.groups() for line in lines if (found := re.match(r"\s*(?:Card\s*)?(\d+)\W+([A-D])\b", line)))
        judged = [entry for entry in key if str(entry["card"]) in answers]
        right = [entry for entry in judged if answers[str(entry["card"])] == entry["answer"]]
        of = [entry for entry in judged if entry["has_headline"]]
        right_of = [entry for entry in right if entry["has_headline"]]
        print(f"{kind}: {len(right)} of {len(judged)} right ({100 * len(right) / max(1, len(judged)):.0f} %; by chance 25 %), "
              f"{len(key) - len(judged)} unanswered; themes with a headline: {len(right_of)} of {len(of)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    make = commands.add_parser("cards")
    make.add_argument("analysis")
    make.add_argument("-o", "--output", required=True)
    make.add_argument("--n", type=int, default=60)
    make.add_argument("--seed", type=int, default=0)
    make.add_argument("--assignments", help="assignments as CSV, where pyarrow is not installed")
    make.set_defaults(run=cards)
    judge = commands.add_parser("score")
    judge.add_argument("folder")
    judge.add_argument("answers", nargs="+", help="KIND=FILE")
    judge.set_defaults(run=score)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
