#!/usr/bin/env python3
"""The weights of a model that ships, read back from its 8 bits: what a training can begin with where the full ones are not at hand.

In:  `model.onnx` of `build_model.py`, and the folder of its base model. Out: a safetensors file with the base model's names.
The products' weights and word embeddings come back within half a step of their 8 bits (a 254th of the largest one in their
channel); all others as they were.

    shipped.py MODEL.onnx BASE_MODEL OUT.safetensors
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import load_file, save_file

WEIGHT_ZERO = 128  # as in build_model.py


def read_back(path, base):
    """{name: array} with the names and shapes of `base`."""
    graph = onnx.load(path).graph
    stored = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    damping = dampings(graph, stored)
    found = {}
    for name, was in base.items():
        module, _, part = name.rpartition(".")
        if name == "embeddings.word_embeddings.weight":
            now = stored["embeddings.word.codes"] * stored["embeddings.word.scales"]
        elif name == "embeddings.position_embeddings.weight":
            now = stored["embeddings.position"]
        elif name == "embeddings.token_type_embeddings.weight":
            now = stored["embeddings.segment"]
        elif f"{module}.weight_codes" in stored:
            # The query carries the division by the square root of the head's width.
            factor = np.float32(32**-0.5) if module.endswith("self.query") else np.float32(1)
            if part == "bias":
                now = stored[f"{module}.bias"] / factor
            else:
                codes = stored[f"{module}.weight_codes"].astype(np.float32) - WEIGHT_ZERO
                now = codes * stored[f"{module}.weight_scales"] * damping.get(module, 1.0) / factor
                now = now.T
        else:
            now = stored.get(name)
        if now is None:
            continue  # the pooler, and positions' numbers, which no product reads
        assert now.shape == was.shape, (name, now.shape, was.shape)
        found[name] = np.ascontiguousarray(now, dtype=np.float32)
    return found


def dampings(graph, stored):
    """{product: (inputs, 1) by what its activation's channels are divided}; a channel's weights were multiplied by the same."""
    made = {output: node for node in graph.node for output in node.output}
    found = {}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            source = made[made[node.input[0]].input[0]]
            if source.name.endswith(".damped:Mul"):
                found[node.output[0].removesuffix(".product")] = stored[source.input[1]][:, np.newaxis]
    return found


def main():
    if len(sys.argv) != 4:
        sys.exit("error: three names are needed\nhint: shipped.py MODEL.onnx BASE_MODEL OUT.safetensors")
    model, base, out = sys.argv[1:]
    save_file(read_back(model, load_file(Path(base) / "model.safetensors")), out)


if __name__ == "__main__":
    main()
