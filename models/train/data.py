"""What the theme model is trained and measured on, read into one shape, and divided so that nothing is measured on its own kind.

In:  folders of coded passages (`sections/*.csv`, `written/*.csv`), a folder of labelled texts (`kpa_arguments.csv` …), and the
     passages written for this model (`written/*.json` beside this file). Sections may have codes without words (`unit,hash,codes,
     claim`, as `coded/` beside this file and `benches/creatives` do): the words are then looked up in a table of units.
Out: `Set`s: the passages of one question (a section, a domain, one stance to one topic) with who said them, their codes and claims.

A *fold* leaves out whole questions of the interviews, whole domains of the written passages and whole topics of the arguments,
never single passages: another passage of the same question would tell what is to be found.
"""
import csv
import hashlib
import json
import re
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDS = 4
# The eight questions that the coded sections of interviews on work answer, two a fold; `keep`, `keep2` … are one question.
QUESTIONS = [("closing", "moment"), ("colleagues", "skills"), ("future", "use"), ("keep", "pattern")]
# What is asked in other studies, and is left out with it.
ASKED_ELSEWHERE = {"reach": "use", "ahead": "future"}
# Domains written beside this file that ask much the same as one of the eight: they are left out with it.
ASKS = {
    "moment": ("ai_memorable_moment", "ai_first_try", "chat_ai_failures"),
    "colleagues": ("ai_colleagues", "ai_rules_at_work", "chat_ai_colleagues_view"),
    "skills": ("ai_own_skills", "chat_ai_learning"),
    "future": ("ai_years_ahead", "ai_job_future", "ai_worry_for_society", "research_wishes"),
    "use": ("chat_ai_tasks", "chat_ai_satisfaction", "ai_quality", "ai_coding_help", "ai_writing_help", "ai_in_teaching",
            "ai_in_medicine_staff", "homework_ai", "research_data_analysis"),
    "keep": ("ai_delegating", "ai_boundaries", "ai_who_decides", "chat_ai_creative_process", "lab_routine", "research_trust"),
}
ASKED = {domain: question for question, domains in ASKS.items() for domain in domains}


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
    question = question_of(path)
    return fold_of_question(ASKED_ELSEWHERE.get(question, question))


def fold_of_question(question):
    return next((i for i, pair in enumerate(QUESTIONS) if question in pair), -1)


def question_of(path):
    """`keep` of `workforce_keep2.csv`."""
    return re.sub(r"\d+$", "", path.stem.split("_")[-1])


def defined(codes):
    """{code: its name and definition}, of the codes of a codebook."""
    words = lambda code: [code[part].strip().rstrip(".") for part in ("name", "definition") if code.get(part)]
    return {code["code"]: ". ".join(words(code)) for code in codes if words(code)}


def units(paths):
    """{unit: text} of tables that `leitmotif export INTERVIEWS --to units` wrote."""
    return {row["id"]: row["text"] for path in paths for row in rows(path) if row["kind"] == "unit"}


def with_words(found, texts, path):
    """Rows of `unit,hash,codes,claim` with text and participant; what is another passage today, by its hash, is left out and told."""
    same = [row for row in found if hash_of(texts.get(row["unit"], "")) == row["hash"]]
    if len(same) < len(found):
        print(f"{path}: {len(found) - len(same)} of {len(found)} passages are not among the units as they were coded", file=sys.stderr)
    return [{**row, "text": texts[row["unit"]], "participant": row["unit"].rpartition("#")[0]} for row in same]


def hash_of(text):
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def coded(folder, texts=None):
    for path in sorted(Path(folder, "sections").glob("*.csv")):
        found = rows(path)
        if found and "text" not in found[0]:
            found = with_words(found, texts or {}, path)
            if not found:
                raise SystemExit(f"error: {path} has codes without words, and none of its passages is among the units\n"
                                 "hint: --units FILE, from `leitmotif export INTERVIEWS --to units -o FILE`")
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
                  [domain["circumstances"][p[0]] for p in passages], fold=fold_of_question(ASKED.get(path.stem)),
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


def everything(coded_folders, labelled_folder=None, without=(), texts=None):
    """All sets; none of the questions, domains or topics named in `without`. `texts`: of units whose words stand elsewhere."""
    sets = [s for folder in coded_folders for s in [*coded(folder, texts), *written(folder)]] + list(own())
    sets += arguments(labelled_folder) if labelled_folder else []
    return divided(sets, -1, without)[0]


def divided(sets, fold, without=()):
    """-> (sets to train on, sets that were held out). `fold` -1 holds out nothing but the questions, domains and topics named in
    `without`."""
    unknown = set(without) - {s.group for s in sets}
    if unknown:
        raise SystemExit(f"error: no question, domain or topic is called {', '.join(sorted(unknown))}")
    held_out = [s.group in without or (fold >= 0 and s.fold == fold) for s in sets]
    return [s for s, out in zip(sets, held_out) if not out], [s for s, out in zip(sets, held_out) if out]
