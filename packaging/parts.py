#!/usr/bin/env python3
"""The list of parts of the program (CycloneDX 1.6, JSON): crates, models, ONNX Runtime.

    python3 packaging/parts.py --out dist

In: `Cargo.lock`, by `cargo metadata`, and the models of the checkout. Out: `dist/leitmotif-VERSION.cdx.json`. Only what
goes into the program is listed, not what builds or tests it. The same checkout gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def crates() -> tuple[dict, list[dict]]:
    """The program's own package, and every crate that goes into it on some system."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    root = found["resolve"]["root"]
    seen, left = set(), [root]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            normal = [d["pkg"] for d in nodes[name]["deps"] if any(kind["kind"] is None for kind in d["dep_kinds"])]
            left += normal
    return packages[root], sorted((packages[name] for name in seen - {root}), key=lambda p: (p["name"], p["version"]))


def hashes() -> dict[tuple[str, str], str]:
    """The hash of each crate in Cargo.lock."""
    text = (ROOT / "Cargo.lock").read_text("utf-8")
    pattern = r'name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([0-9a-f]{64})"'
    return {(name, version): digest for name, version, digest in re.findall(pattern, text)}


def crate(package: dict, known: dict[tuple[str, str], str]) -> dict:
    name, version = package["name"], package["version"]
    part = {"type": "library", "bom-ref": f"pkg:cargo/{name}@{version}", "name": name, "version": version}
    part["purl"] = part["bom-ref"]
    if package.get("license"):
        # Older crates write `MIT/Apache-2.0`.
        part["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}]
    if digest := known.get((name, version)):
        part["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return part


def model(folder: str, what: str) -> dict:
    graph = ROOT / "models" / folder / "model.onnx"
    digest = hashlib.sha256(graph.read_bytes()).hexdigest()
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{folder}",
        "name": folder,
        "description": what,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def runtime() -> dict:
    source = (ROOT / "models" / "get_runtime.py").read_text("utf-8")
    version = re.search(r'^VERSION = "([^"]+)"', source, re.M)[1]
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/onnxruntime@{version}",
        "name": "onnxruntime",
        "version": version,
        "purl": f"pkg:pypi/onnxruntime@{version}",
        "description": "its shared library, beside the program in archives, a package of its own beside the wheel",
        "licenses": [{"license": {"id": "MIT"}}],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "dist")
    out = parser.parse_args().out
    own, others = crates()
    known = hashes()
    models = [
        model("theme-minilm-l6", "sentence embeddings, all-MiniLM-L6-v2 trained on for themes, 8 bits"),
        model("all-minilm-l6-v2", "sentence embeddings, as sentence-transformers published them, 8 bits"),
    ]
    version = own["version"]
    parts = [crate(package, known) for package in others] + models + [runtime()]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"pkg:cargo/{own['name']}@{version}",
                "name": own["name"],
                "version": version,
                "licenses": [{"expression": own["license"]}],
            }
        },
        "components": parts,
    }
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"leitmotif-{version}.cdx.json"
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{path}: {len(others)} crates, {len(models)} models, ONNX Runtime")


if __name__ == "__main__":
    main()
