#!/usr/bin/env python3
"""Measures how closely the bundled int8 model agrees with the full-precision one on real interview answers.

In:  CSV files (or folders of them) with the columns `transcript_id` and `text`; turns are separated by blank lines and
     begin with `User:` (the participant) or `AI:` / `Assistant:` (the interviewer). Only participants' turns are used.
Out: on standard output, the cosine between both models' vectors (mean, 1st percentile, lowest) and answers per second.

    python models/measure_agreement.py FOLDER
    python models/measure_agreement.py FOLDER --original     also against sentence-transformers, if it is installed
    python models/measure_agreement.py FOLDER --program target/release/examples/embed_texts
                                                             the program's own vectors against sentence-transformers, and
                                                             texts at the borders of the window
    python models/measure_agreement.py FOLDER --outliers     print the table `OUTLIERS` of build_model.py

It needs what models/requirements-build.txt lists. Texts are cut at 256 word pieces, pooled by mean and normalised, one
text per call, as the program does.
"""

import argparse
import csv
import os
import queue
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # for other ONNX Runtimes than the pinned one

import build_model
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from tokenizers import Tokenizer

WINDOW = 256  # word pieces
OUTLIER_ANSWERS = 150
TURN = re.compile(r"\n\s*\n(?=(?:User|AI|Assistant):)")


def participant_answers(paths):
    """The distinct participants' turns of all files, sorted, so that a seeded sample is the same everywhere."""
    files = [file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
    answers = set()
    csv.field_size_limit(2**31 - 1)
    for file in files:
        with open(file, newline="", encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                turns = (turn.strip() for turn in TURN.split(row["text"]))
                answers.update(turn[len("User:") :].strip() for turn in turns if turn.startswith("User:"))
    return sorted(answers - {""})


def open_session(model):
    """A single-threaded session; `model` is a path or a serialised graph."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])


def token_inputs(tokenizer, text):
    ids = np.array([tokenizer.encode(text).ids], np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}


def embed(session, tokenizer, text):
    vector = session.run(["last_hidden_state"], token_inputs(tokenizer, text))[0][0].mean(axis=0)
    return vector / np.linalg.norm(vector)


def embed_all(model, tokenizer, texts, threads=1):
    """The vectors of all texts, (texts, 384), and the seconds taken; one session per thread, longest texts first."""
    sessions = [open_session(model) for _ in range(threads)]
    waiting = queue.SimpleQueue()
    for index in sorted(range(len(texts)), key=lambda i: -len(texts[i])):
        waiting.put(index)
    vectors = [None] * len(texts)

    def work(session):
        while True:
            try:
                index = waiting.get_nowait()
            except queue.Empty:
                return
            vectors[index] = embed(session, tokenizer, texts[index])

    workers = [threading.Thread(target=work, args=(session,)) for session in sessions]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return np.array(vectors), time.perf_counter() - start


def report(title, first, second):
    cosines = np.sum(first * second, axis=1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
    print(f"{title}: mean {cosines.mean():.7f}, 1st percentile {np.percentile(cosines, 1):.7f}, lowest {cosines.min():.7f}")


def original_vectors(texts):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(build_model.source_folder()), device="cpu")
    model.max_seq_length = WINDOW
    return model.encode(texts, batch_size=1, normalize_embeddings=True)


def program_vectors(program, texts):
    """The vectors that the program makes, by its example `embed_texts`."""
    with tempfile.TemporaryDirectory() as folder:
        table, vectors = Path(folder) / "texts.csv", Path(folder) / "vectors.npy"
        with open(table, "w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows([["text"], *([text] for text in texts)])
        subprocess.run([program, table, vectors], check=True)
        return np.load(vectors)


def measure_program(program, texts, tokenizer):
    """The whole way, from text to vector: the program's against the original's."""
    pieces = Tokenizer.from_str(tokenizer.to_str())
    pieces.no_truncation()
    length = lambda text: len(pieces.encode(text).ids)
    fitting = [text for text in texts if length(text) <= WINDOW]
    ours, original = program_vectors(program, fitting), original_vectors(fitting)
    report(f"program with sentence-transformers, {len(fitting)} answers within the window", ours, original)
    norms = np.linalg.norm(ours, axis=1)
    print(f"length of the program's vectors: {norms.min():.7f} to {norms.max():.7f}")
    # `parking` is one word piece; [CLS] and [SEP] make two.
    word, sizes = "parking", (3, WINDOW, WINDOW + 1, 2000)
    built = [" ".join([word] * (size - 2)) for size in sizes]
    assert [length(text) for text in built] == list(sizes)
    rows = program_vectors(program, built)
    cut = original_vectors(built)
    for row, text, size in zip(rows, built, sizes):
        words, room = text.split(), WINDOW - 2
        # One sentence without an end: the program halves it until its pieces fit, and joins what fits together.
        parts = halves(words, room)
        averaged = sum(vector * len(part) for vector, part in zip(original_vectors([" ".join(part) for part in parts]), parts))
        averaged /= np.linalg.norm(averaged)
        print(
            f"{size} word pieces: in {len(parts)}; with the average of sentence-transformers' vectors of these "
            f"{row @ averaged:.7f}, with its vector of the cut text {row @ cut[sizes.index(size)]:.7f}"
        )


def halves(words, room):
    if len(words) <= room:
        return [words]
    text = " ".join(words)
    middle = text[: len(text) // 2].rfind(" ")
    first = len(text[:middle].split())
    joined = []
    for part in halves(words[:first], room) + halves(words[first:], room):
        if joined and len(joined[-1]) + len(part) <= room:
            joined[-1] = joined[-1] + part
        else:
            joined.append(part)
    return joined


def print_outliers(config, weights, tokenizer, texts):
    """The channels of each normalised output that `OUTLIERS` divides, from their largest values over `texts`."""
    model = build_model.encoder(weights, config, build_model.Float32())
    names = [node.output[0] for node in model.graph.node if node.op_type == "LayerNormalization"][:-1]
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = open_session(model.SerializeToString())
    largest = {name: np.zeros(config.width) for name in names}
    for text in texts:
        for name, values in zip(names, session.run(names, token_inputs(tokenizer, text))):
            largest[name] = np.maximum(largest[name], np.abs(values[0]).max(axis=0))
    for name, values in largest.items():
        factors = np.maximum(1.0, 2.0 ** np.rint(np.log2(values / (2.0 * np.median(values)))))
        entries = ", ".join(f"{channel}: {factors[channel]:.0f}" for channel in np.flatnonzero(factors > 1.0))
        print(f'    "{name}": {{{entries}}},')


def main():
    parser = argparse.ArgumentParser(description="Measures the agreement of the int8 model with the full-precision one.")
    parser.add_argument("data", type=Path, nargs="+", help="CSV files of transcripts, or folders of them")
    parser.add_argument("--model", type=Path, default=build_model.HERE / "all-minilm-l6-v2", help="folder of the int8 model")
    parser.add_argument("--sample", type=int, default=1000, help="answers to measure on (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=20, help="seed of the sample (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="sessions for the speed (default: %(default)s)")
    parser.add_argument("--original", action="store_true", help="also compare with sentence-transformers")
    parser.add_argument("--program", type=Path, help="the example embed_texts: compare its vectors with sentence-transformers")
    parser.add_argument("--outliers", action="store_true", help="only print the table OUTLIERS, from answers beside the sample")
    options = parser.parse_args()

    source = build_model.source_folder()
    config = build_model.Config.read(source / "config.json")
    weights = build_model.read_weights(source / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(WINDOW)

    answers = participant_answers(options.data)
    random.Random(options.seed).shuffle(answers)
    texts = answers[: options.sample]
    if not texts:
        raise build_model.BuildError("no participants' answers found", "give CSV files with the columns transcript_id and text")
    if options.outliers:
        print_outliers(config, weights, tokenizer, answers[options.sample :][:OUTLIER_ANSWERS])
        return
    words = np.mean([len(text.split()) for text in texts])
    print(f"{len(texts)} of {len(answers)} distinct answers, {words:.1f} words on average, at most {WINDOW} word pieces")
    print(f"ONNX Runtime {onnxruntime.__version__}, {options.threads} single-threaded sessions")

    if options.program:
        measure_program(options.program, texts, tokenizer)
        return
    full_model = build_model.encoder(weights, config, build_model.Float32()).SerializeToString()
    full, full_seconds = embed_all(full_model, tokenizer, texts, options.threads)
    small, small_seconds = embed_all(str(options.model / "model.onnx"), tokenizer, texts, options.threads)
    report("int8 with float32", small, full)
    if options.original:
        report("float32 with sentence-transformers", full, original_vectors(texts))
    print(f"float32: {len(texts) / full_seconds:.0f} answers/s; int8: {len(texts) / small_seconds:.0f} answers/s")


if __name__ == "__main__":
    try:
        main()
    except build_model.BuildError as failure:
        print(f"error: {failure}", file=sys.stderr)
        print(f"hint: {failure.hint}", file=sys.stderr)
        sys.exit(1)
