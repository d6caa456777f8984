"""What the theme model is trained and measured on, read into one shape, and divided so that nothing is measured on its own kind.

In:  a folder of coded passages (`sections/*.csv`, `written/*.csv`), a folder of labelled texts (`kpa_arguments.csv` …), and the
     passages written for this model (`written/*.json` beside this file).
Out: `Set`s: the passages of one question (a section, a domain, one stance to one topic) with who said them, their codes and claims.

A *fold* leaves out whole questions of the interviews, whole domains of the written passages and whole topics of the arguments,
never single passages: another passage of the same question would tell what is to be found.
"""
import csv
import json
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDS = 4
# The eight questions that the coded sections answer, two a fold; `keep`, `keep2` … are one question.
QUESTIONS = [("closing", "moment"), ("colleagues", "skills"), ("future", "use"), ("keep", "pattern")]
# Domains written beside this file that ask much the same as one of them: they are left out with it.
ASKS = {"ai_memorable_moment": "moment", "ai_colleagues": "colleagues", "ai_own_skills": "skills", "ai_years_ahead": "future",
        "ai_delegating": "keep"}


@dataclass
class Set:
    """Passages that answer one question. All lists have one entry a passage; a passage without a code is in no pair."""

    kind: str  # coded, written, own or arguments
    name: str
    group: str  # what folds keep together: the question, the domain, the topic
    texts: list
    claims: list  # "" where there is none
    people: list
    codes: list  # lists of codes, the primary one first
    circumstances: list = field(default_factory=list)
    fold: int = 0
    definitions: dict = field(default_factory=dict)  # what each code means, in words


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fold_of(path):
    """The fold that holds out a file of `sections/` or `written/`."""
    path = Path(path)
    if path.parent.name == "written":
        return sorted(path.parent.glob("*.csv")).index(path) % FOLDS
    return fold_of_question(question_of(path))


def fold_of_question(question):
    return next((i for i, pair in enumerate(QUESTIONS) if question in pair), -1)


def question_of(path):
    """`keep` of `workforce_keep2.csv`."""
    return re.sub(r"\d+$", "", path.stem.split("_")[-1])


def defined(codes):
    """{code: its name and definition}, of the codes of a codebook."""
    words = lambda code: [code[part].strip().rstrip(".") for part in ("name", "definition") if code.get(part)]
    return {code["code"]: ". ".join(words(code)) for code in codes if words(code)}


def coded(folder):
    for path in sorted(Path(folder, "sections").glob("*.csv")):
        found = rows(path)
        codes = [[] if row["codes"] == "none" else row["codes"].split("|") for row in found]
        yield Set("coded", path.stem, question_of(path), [row["text"] for row in found], [row["claim"] for row in found],
                  [row["participant"] for row in found], codes, fold=fold_of(path),
                  definitions=defined(json.loads(Path(folder, "codebooks", path.stem + ".json").read_text(encoding="utf-8"))))


def written(folder):
    for path in sorted(Path(folder, "written").glob("*.csv")):
        found = rows(path)
        yield Set("written", path.stem, path.stem, [row["text"] for row in found], [row["claim"] for row in found],
                  [row["person"] for row in found], [[row["code"]] for row in found],
                  [row["circumstance"] for row in found], fold=fold_of(path),
                  definitions=defined(json.loads(path.with_suffix(".codebook.json").read_text(encoding="utf-8"))["codes"]))


def own():
    """The passages beside this file. Two of one circumstance count as one person's, so that it can be no reason for likeness."""
    for path in sorted((HERE / "written").glob("*.json")):
        domain = json.loads(path.read_text(encoding="utf-8"))
        passages = domain["passages"]
        yield Set("own", path.stem, path.stem, [p[3] for p in passages], [p[2] for p in passages],
                  [str(p[0]) for p in passages], [[p[1]] for p in passages],
                  [domain["circumstances"][p[0]] for p in passages], fold=fold_of_question(ASKS.get(path.stem)),
                  definitions=defined(domain["codes"]))


def arguments(folder):
    corpora = {}
    for row in rows(Path(folder, "kpa_arguments.csv")):
        corpora.setdefault(row["corpus"], []).append(row)
    for corpus, found in corpora.items():
        topic = re.sub(r"\(.*$", "", corpus.removeprefix("kpa: ")).strip()
        yield Set("arguments", corpus, topic, [row["text"] for row in found], [""] * len(found),
                  [str(i) for i in range(len(found))], [[row["label"]] if row["label"] else [] for row in found],
                  fold=zlib.crc32(topic.encode()) % FOLDS,
                  definitions={row["label"]: row["label"] for row in found if row["label"]})


def everything(coded_folder, labelled_folder=None):
    sets = [*coded(coded_folder), *written(coded_folder), *own()]
    return sets + (list(arguments(labelled_folder)) if labelled_folder else [])


def divided(sets, fold):
    """-> (sets to train on, sets that were held out). `fold` -1 holds nothing out."""
    return [s for s in sets if s.fold != fold or fold < 0], [s for s in sets if s.fold == fold and fold >= 0]
