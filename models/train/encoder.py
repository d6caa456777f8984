"""The encoders of all-MiniLM-L6-v2 and of its teacher, all-mpnet-base-v2, in PyTorch, written for two cores: texts are run in
groups of like length, and the layers that do not learn are run once.

In:  a folder with `config.json`, `tokenizer.json` and `model.safetensors`, or the weights that `train.py` saved.
Out: unit vectors, float32 (n_texts, 384; 768 of the teacher): the mean over the tokens, as the program takes it.
"""
import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional as F

WINDOW = 96  # word pieces of a passage that training looks at


def encoder(folder, weights=None, window=WINDOW):
    """The encoder that a folder's `config.json` describes."""
    kinds = {"bert": Encoder, "mpnet": MPNet}
    return kinds[json.loads((Path(folder) / "config.json").read_text())["model_type"]](folder, weights, window)


class Encoder(torch.nn.Module):
    PREFIX = ""
    QUERY, KEY, VALUE, ATTENDED = ("attention." + name for name in ("self.query", "self.key", "self.value", "output.dense"))
    ATTENDED_NORM = "attention.output.LayerNorm"

    def __init__(self, folder, weights=None, window=WINDOW):
        super().__init__()
        folder = Path(folder)
        config = json.loads((folder / "config.json").read_text())
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.epsilon = config["layer_norm_eps"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(window)
        named = {name.removeprefix(self.PREFIX): value for name, value in load_file(str(weights or folder / "model.safetensors")).items()}
        self.names = [name for name in named if named[name].is_floating_point() and not name.startswith("pooler.")]
        self.weights = torch.nn.ParameterList([torch.nn.Parameter(named[name].float()) for name in self.names])
        self.place = {name: i for i, name in enumerate(self.names)}

    def at(self, name):
        return self.weights[self.place[name]]

    def linear(self, name, x):
        return F.linear(x, self.at(name + ".weight"), self.at(name + ".bias"))

    def norm(self, name, x):
        return F.layer_norm(x, (x.shape[-1],), self.at(name + ".weight"), self.at(name + ".bias"), self.epsilon)

    def freeze(self, layers):
        """Embeddings and the first `layers` layers stay as they are."""
        for name in self.names:
            stays = name.startswith("embeddings.") or any(name.startswith(f"encoder.layer.{i}.") for i in range(layers))
            self.at(name).requires_grad_(not stays)

    def layer_of(self, weight):
        """The number of the layer that a weight belongs to, 0 for the embeddings'."""
        name = next(name for name in self.names if self.at(name) is weight)
        return int(name.split(".")[2]) if name.startswith("encoder.layer.") else 0

    def tokens(self, texts):
        return [torch.tensor(e.ids) for e in self.tokenizer.encode_batch(list(texts))]

    def embeddings(self, ids):
        positions = torch.arange(ids.shape[1])
        x = F.embedding(ids, self.at("embeddings.word_embeddings.weight"))
        x = x + self.at("embeddings.position_embeddings.weight")[positions] + self.at("embeddings.token_type_embeddings.weight")[0]
        return self.norm("embeddings.LayerNorm", x)

    def attended(self, mask):
        """From which tokens are taken, (batch, tokens), what attention is given as its mask."""
        return mask[:, None, None, :]

    def layer(self, number, x, mask):
        """`x`: (batch, tokens, width); `mask`: what `attended` returned."""
        at = f"encoder.layer.{number}."
        batch, length, width = x.shape
        split = lambda y: y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
        q, k, v = (split(self.linear(at + name, x)) for name in (self.QUERY, self.KEY, self.VALUE))
        # Written out: for texts this short the way back through the fused kernel takes a third of a step.
        near = q @ k.transpose(2, 3) / math.sqrt(width // self.heads)
        near = near.masked_fill(~mask, -1e9) if mask.dtype == torch.bool else near + mask.to(near.dtype)
        y = (torch.softmax(near, -1).to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm(at + self.ATTENDED_NORM, x + self.linear(at + self.ATTENDED, y))
        y = self.linear(at + "output.dense", F.gelu(self.linear(at + "intermediate.dense", x)))
        return self.norm(at + "output.LayerNorm", x + y)

    @torch.no_grad()
    def below(self, texts, layers):
        """What leaves the first `layers` layers: one (tokens, width) a text, half precision to save memory."""
        tokens = self.tokens(texts)
        out = [None] * len(tokens)
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        for start in range(0, len(order), 64):
            group = order[start:start + 64]
            ids, mask = padded([tokens[i] for i in group])
            x, among = self.embeddings(ids), self.attended(mask)
            with torch.autocast("cpu", torch.bfloat16):
                for number in range(layers):
                    x = self.layer(number, x, among)
            for row, i in enumerate(group):
                out[i] = x[row, :len(tokens[i])].half()
        return out

    def above(self, hidden, layers, groups=4):
        """From what `below` returned to unit vectors, in a few groups of like length so that little is padding."""
        order = sorted(range(len(hidden)), key=lambda i: len(hidden[i]))
        size = -(-len(order) // groups)
        vectors = []
        for start in range(0, len(order), size):
            x, mask = padded([hidden[i].float() for i in order[start:start + size]])
            among = self.attended(mask)
            for number in range(layers, self.layers):
                x = self.layer(number, x, among)
            vectors.append((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return F.normalize(torch.cat(vectors)[back], dim=1)

    @torch.no_grad()
    def embed(self, texts):
        """(n_texts, width) float32 unit vectors."""
        out = []
        for start in range(0, len(texts), 512):
            out.append(self.above(self.below(texts[start:start + 512], 0), 0, groups=16))
        return torch.cat(out)

    def save(self, path):
        save_file({name: self.at(name).detach().contiguous().clone() for name in self.names}, str(path))


class MPNet(Encoder):
    """Attention knows how far apart two tokens are (Song et al. 2020), by a bias that all layers share."""

    PREFIX = "mpnet."
    QUERY, KEY, VALUE, ATTENDED = ("attention.attn." + name for name in "qkvo")
    ATTENDED_NORM = "attention.LayerNorm"
    BUCKETS, FARTHEST = 32, 128  # kinds of distance, and from which on they are one kind

    def freeze(self, layers):
        super().freeze(layers)
        if layers > 0:
            self.at("encoder.relative_attention_bias.weight").requires_grad_(False)

    def embeddings(self, ids):
        positions = torch.arange(ids.shape[1]) + 2
        x = F.embedding(ids, self.at("embeddings.word_embeddings.weight"))
        return self.norm("embeddings.LayerNorm", x + self.at("embeddings.position_embeddings.weight")[positions])

    def attended(self, mask):
        places = torch.arange(mask.shape[1])
        distance = places[:, None] - places[None, :]
        half = self.BUCKETS // 2
        near = half // 2
        far = near + (distance.abs().float().clamp(min=1) / near).log() / math.log(self.FARTHEST / near) * (half - near)
        bucket = torch.where(distance.abs() < near, distance.abs(), far.long().clamp(max=half - 1)) + half * (distance < 0)
        bias = F.embedding(bucket, self.at("encoder.relative_attention_bias.weight")).permute(2, 0, 1)[None].float()
        return bias.masked_fill(~mask[:, None, None, :], -1e9)


def padded(rows):
    """Rows of different length -> (n, longest, …), and which places are taken."""
    mask = torch.zeros(len(rows), max(len(row) for row in rows), dtype=torch.bool)
    for i, row in enumerate(rows):
        mask[i, :len(row)] = True
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True), mask
