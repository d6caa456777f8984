"""How much of what the runtime can do with the bundled graph reaches the user?

    cargo build --release --example embed_texts
    leitmotif export INTERVIEWS --to units -o units.csv
    python3 benches/kernels.py units.csv --binary target/release/examples/embed_texts --model models/theme-minilm-l6/model.onnx
        --tokenizer models/all-minilm-l6-v2/tokenizer.json --runtime-threads 2

The graph alone: the same texts, tokenised before the clock starts, one a call, through as many single-threaded sessions of ONNX
Runtime's Python package as there are threads; this is what its `onnxruntime_perf_test` measures, on texts of real lengths. The
program: the example `embed_texts` from text to vectors, with tokenising, pooling and hand-over, less the seconds of a run on eight
texts, which are those of starting. Both in turn, several rounds after a warm-up; the median counts. Needs `onnxruntime`,
`tokenizers` and `numpy`. The run fails when the program reaches less than 80 % of the graph alone.
"""
import argparse
import csv
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

LEAST_SHARE = 0.8


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("units", type=Path)
    parser.add_argument("--binary", type=Path, required=True, help="the example embed_texts")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=3000)
    parser.add_argument("--window", type=int, default=256, help="word pieces; longer texts are left out on both sides")
    parser.add_argument("--runtime-threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def session(model):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def graph_alone(sessions, feeds):
    """Seconds; each thread takes the next text, longest first, as the program does."""
    todo, lock = iter(feeds), threading.Lock()

    def work(own):
        while True:
            with lock:
                feed = next(todo, None)
            if feed is None:
                return
            own.run(None, feed)

    threads = [threading.Thread(target=work, args=(own,)) for own in sessions]
    start = time.perf_counter()
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return time.perf_counter() - start


def program(binary, texts, folder):
    path = Path(folder) / f"{len(texts)}.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], *([text] for text in texts)])
    start = time.perf_counter()
    subprocess.run([binary.resolve(), path, Path(folder) / "vectors.npy"], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    given = arguments()
    try:
        import numpy as np
        from tokenizers import Tokenizer

        sessions = [session(given.model) for _ in range(given.runtime_threads)]
    except ImportError as missing:
        sys.exit(f"error: {missing}\nhint: pip install onnxruntime tokenizers numpy")
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with open(given.units, encoding="utf-8-sig", newline="") as file:
        texts = sorted({row["text"] for row in csv.DictReader(file) if row["text"].strip()})
    texts = texts[:: max(1, len(texts) // given.texts)][: given.texts]
    ids = [tokenizer.encode(text).ids for text in texts]
    texts, ids = zip(*[(text, own) for text, own in zip(texts, ids) if len(own) <= given.window])
    feeds = []
    for own in sorted(ids, key=len, reverse=True):
        row = np.array([own], np.int64)
        feeds.append({"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)})
    pieces = sum(map(len, ids))
    print(f"{len(texts)} texts, {pieces / len(texts):.0f} word pieces on average, {given.runtime_threads} threads")
    alone, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        graph_alone(sessions, feeds[::10])
        program(given.binary, texts[:8], folder)
        for _ in range(given.rounds):
            alone.append(graph_alone(sessions, feeds))
            ours.append(program(given.binary, texts, folder) - program(given.binary, texts[:8], folder))
    print(f"{'the graph alone':<24}{median(alone):>8.2f} s{len(texts) / median(alone):>8.0f} texts a second")
    print(f"{'the program':<24}{median(ours):>8.2f} s{len(texts) / median(ours):>8.0f} texts a second")
    share = median(a / o for a, o in zip(alone, ours))
    print(f"share {share:.2f} (median of {given.rounds} rounds: {', '.join(f'{a / o:.2f}' for a, o in zip(alone, ours))})")
    if share < LEAST_SHARE:
        sys.exit(f"missed: {LEAST_SHARE} was asked for")


if __name__ == "__main__":
    main()
