"""Do the keywords of a theme belong together, and do themes have words of their own? Beside BERTopic's, on the same passages.

    python3 benches/topics.py --analysis [NAME=]FOLDER [--analysis …]
    python3 benches/topics.py --binary target/release/leitmotif INTERVIEWS…

FOLDER is a saved analysis (`leitmotif themes INPUT… -o FOLDER`); with `--binary` three are made from the interviews: as the program
does by itself, with `--granularity 0.5`, and with `--frame all`. BERTopic gets the passages of the first that were clustered, and their vectors.

Two measures, both as OCTIS 1.14 computes them:

- coherence: NPMI of the pairs among a topic's ten (`--top`) top words, counted in sliding windows of ten words over the passages (gensim's
  `c_npmi`), the mean over topics. Topics with one word or none have no pairs and are left out.
- diversity: different words among the ten top words of all topics, divided by ten for each topic. A list shorter than ten counts
  as if it were filled up with repetitions; `of listed` divides by the words that are there instead.

The same text for all: BERTopic's own preparation of a document (letters, digits and spaces stay, everything else goes) and scikit's
default tokens (two letters or more, lower case), so that every word of either is in the vocabulary.

Keywords here may be phrases of two or three words, BERTopic's are single words. They are measured both ways:

- words: phrases are taken apart, and the first ten different words count. Words of one phrase occur together by themselves.
- phrases: each is one token, in the list and in the passages, where the longest phrase wins; ten keywords count. This gains
  nothing from pairs inside a phrase. The words of the other methods are then counted in passages without phrases, as usual.

Themes are looked for inside the sections of the interview guide, BERTopic knows no sections: it runs on everything at once, which
is its default, and once for each section. Words shared by themes of different sections count against the second way of
working, whoever does it; `in section` is the diversity among the topics of a section, averaged over sections by their topics.

BERTopic's default keeps function words ("to", "the"). `stop words out` is what its documentation recommends,
`CountVectorizer(stop_words="english")`. UMAP gets a seed, so that the table can be made again. The run fails where the first
analysis is not above BERTopic's default, on everything at once, in both measures; how it stands to BERTopic by section is said too.
"""
import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

import environment

SEED = 42
VARIANTS = {
    "Leitmotif": [],
    "Leitmotif, granularity 0.5": ["--granularity", "0.5"],
    "Leitmotif, all together": ["--frame", "all"],
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("interviews", nargs="*", help="interviews to analyse first")
    parser.add_argument("--binary", help="the program, for interviews")
    parser.add_argument("--analysis", action="append", default=[], metavar="[NAME=]FOLDER", help="a saved analysis")
    parser.add_argument("--top", type=int, default=10, metavar="N", help="top words of a topic that are measured")
    parser.add_argument("--examples", type=int, default=0, help="topics of each method to print with their words")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment and analyses")
    given = parser.parse_args()
    if bool(given.interviews) == bool(given.analysis) or bool(given.interviews) != bool(given.binary):
        parser.error("name interviews and --binary, or saved analyses with --analysis")
    return given


def analyses(given):
    """-> {name: folder}"""
    if given.analysis:
        named = [text.partition("=") if "=" in text else (Path(text).name, "=", text) for text in given.analysis]
        return {name: Path(folder) for name, _, folder in named}
    folders = {}
    for name, options in VARIANTS.items():
        folders[name] = given.work / "topics" / "-".join(["analysis", *options]).replace("--", "")
        folders[name].parent.mkdir(parents=True, exist_ok=True)
        command = [given.binary, "themes", *given.interviews, *options, "--stability", "0"]
        command += ["-o", str(folders[name]), "--force", "--quiet"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folders


def prepared(text):
    """BERTopic's own preparation of a document (`BERTopic._preprocess_text`, language "english")."""
    return re.sub(r"[^A-Za-z0-9 ]+", "", text.replace("\n", " ").replace("\t", " "))


def tokens(text):
    """As scikit's CountVectorizer has them by default."""
    return re.findall(r"(?u)\b\w\w+\b", prepared(text).lower())


def themes_of(folder):
    """-> [(section, keywords as lists of words)]"""
    import json

    summary = json.loads((folder / "analysis.json").read_text())
    return [
        (section["id"], [tokens(keyword["term"]) for keyword in theme["keywords"]])
        for section in summary["sections"]
        for theme in section["themes"]
    ]


def passages_of(folder):
    """-> texts, sections, vectors (n_passages, n_dims) of what was clustered."""
    import numpy as np
    import pandas as pd

    rows = pd.read_parquet(folder / "answers.parquet", columns=["text", "section", "vector_row"]).dropna(subset="vector_row")
    vectors = np.load(folder / "vectors.npy")
    return rows["text"].tolist(), rows["section"].tolist(), vectors[rows["vector_row"].astype(int)]


def bertopic(texts, vectors, stop_words=None):
    """-> [words of each topic]; every parameter but the seed and the stop words is BERTopic's default."""
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=SEED)
    model = BERTopic(umap_model=umap, vectorizer_model=CountVectorizer(stop_words=stop_words))
    model.fit_transform(texts, embeddings=vectors)
    return [[word for word, _ in words if word] for topic, words in sorted(model.get_topics().items()) if topic >= 0]


def by_section(texts, sections, vectors):
    """BERTopic once for each section; UMAP needs more passages than it has neighbours."""
    topics = []
    for section in sorted(set(sections)):
        here = [i for i, own in enumerate(sections) if own == section]
        if len(here) > 15:
            topics += [(section, words) for words in bertopic([texts[i] for i in here], vectors[here])]
    return topics


def words_of(themes, top):
    """Phrases taken apart: the first different words."""
    return [(section, list(dict.fromkeys(word for term in terms for word in term))[:top]) for section, terms in themes]


def phrases_of(themes, top):
    """Each keyword one token."""
    return [(section, list(dict.fromkeys("_".join(term) for term in terms if term))[:top]) for section, terms in themes]


def joined(documents, themes):
    """The passages with the themes' phrases as single tokens, the longest first."""
    phrases = {tuple(term) for _, terms in themes for term in terms if len(term) > 1}
    longest = max(map(len, phrases), default=1)
    result = []
    for document in documents:
        out, at = [], 0
        while at < len(document):
            size = next((n for n in range(longest, 1, -1) if tuple(document[at : at + n]) in phrases), 1)
            out.append("_".join(document[at : at + size]))
            at += size
        result.append(out)
    return result


def coherence(topics, documents, top):
    from octis.evaluation_metrics.coherence_metrics import Coherence

    # OCTIS hands the topics to gensim, which takes lists of different lengths, but looks at the length of the first.
    known = {word for document in documents for word in document}
    lists = sorted(([word for word in words if word in known] for _, words in topics), key=len, reverse=True)
    lists = [words for words in lists if len(words) > 1]
    return Coherence(texts=documents, topk=top, measure="c_npmi").score({"topics": lists})


def diversity(topics, top):
    from octis.evaluation_metrics.diversity_metrics import TopicDiversity

    lists = sorted((words for _, words in topics if words), key=len, reverse=True)
    return TopicDiversity(topk=top).score({"topics": lists}) if lists and len(lists[0]) >= top else float("nan")


def of_listed(topics):
    words = [word for _, words in topics for word in words]
    return len(set(words)) / max(len(words), 1)


def in_section(topics):
    sections = {section for section, _ in topics}
    groups = [[topic for topic in topics if topic[0] == section] for section in sections]
    return sum(of_listed(group) * len(group) for group in groups) / max(len(topics), 1)


def main(given):
    folders = analyses(given)
    first = next(iter(folders))
    texts, sections, vectors = passages_of(folders[first])
    documents = [tokens(text) for text in texts]
    print(f"{len(texts)} passages in {len(set(sections))} sections\n", flush=True)
    columns = ["method", "topics", "words a topic", "NPMI", "diversity", "of listed", "in section", "seconds"]
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns), flush=True)
    scores = {}

    def row(name, topics, documents, started, sectioned=True):
        topics = [(section, words[: given.top]) for section, words in topics]
        scores[name] = coherence(topics, documents, given.top), diversity(topics, given.top)
        words = sum(len(words) for _, words in topics) / max(len(topics), 1)
        npmi, different = scores[name]
        inside = f"{in_section(topics):.3f}" if sectioned else ""
        seconds = f"{time.time() - started:.0f}" if started else ""
        cells = [name, len(topics), f"{words:.1f}", f"{npmi:.3f}", f"{different:.3f}", f"{of_listed(topics):.3f}", inside, seconds]
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
        for section, words in topics[:: max(len(topics) // given.examples, 1)][: given.examples] if given.examples else []:
            print(f"  {section} {', '.join(words)}", flush=True)

    for name, folder in folders.items():
        themes = themes_of(folder)
        row(f"{name}, words", words_of(themes, given.top), documents, None)
        row(f"{name}, phrases", phrases_of(themes, given.top), joined(documents, themes), None)
    runs = {
        "BERTopic": lambda: [("all", words) for words in bertopic(texts, vectors)],
        "BERTopic, stop words out": lambda: [("all", words) for words in bertopic(texts, vectors, "english")],
        "BERTopic, by section": lambda: by_section(texts, sections, vectors),
    }
    for name, run in runs.items():
        started = time.time()
        row(name, run(), documents, started, sectioned="section" in name)

    verdicts = {peer: below(scores, first, peer) for peer in ("BERTopic", "BERTopic, by section")}
    print()
    for peer, missed in verdicts.items():
        print(f"{first} beside {peer}: " + ("below in " + "; ".join(missed) if missed else "above in both measures"))
    return 1 if verdicts["BERTopic"] else 0


def below(scores, own, peer):
    return [
        f"{measure} ({way}: {here:.3f}, there {there:.3f})"
        for way in ("words", "phrases")
        for measure, here, there in zip(("NPMI", "diversity"), scores[f"{own}, {way}"], scores[peer])
        if not here > there
    ]


if __name__ == "__main__":
    options = arguments()
    environment.enter(options.work, "requirements-topics.txt", no_deps=True)
    sys.exit(main(options))
