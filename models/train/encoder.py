"""The encoder of all-MiniLM-L6-v2 in PyTorch, written for two cores: texts are run in groups of like length, and the layers that
do not learn are run once.

In:  a folder with `config.json`, `tokenizer.json` and `model.safetensors`, or the weights that `train.py` saved.
Out: unit vectors, float32 (n_texts, 384): the mean over the tokens, as the program takes it.
"""
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional as F

WINDOW = 96  # word pieces of a passage that training looks at


class Encoder(torch.nn.Module):
    def __init__(self, folder, weights=None):
        super().__init__()
        folder = Path(folder)
        config = json.loads((folder / "config.json").read_text())
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.epsilon = config["layer_norm_eps"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(WINDOW)
        named = load_file(str(weights or folder / "model.safetensors"))
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

    def layer(self, number, x, mask):
        at = f"encoder.layer.{number}."
        batch, length, width = x.shape
        split = lambda y: y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
        q, k, v = (split(self.linear(at + "attention.self." + name, x)) for name in ("query", "key", "value"))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, length, width)
        x = self.norm(at + "attention.output.LayerNorm", x + self.linear(at + "attention.output.dense", y))
        y = self.linear(at + "output.dense", F.gelu(self.linear(at + "intermediate.dense", x)))
        return self.norm(at + "output.LayerNorm", x + y)

    @torch.no_grad()
    def below(self, texts, layers):
        """What leaves the first `layers` layers: one (tokens, 384) a text, half precision to save memory."""
        tokens = self.tokens(texts)
        out = [None] * len(tokens)
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        for start in range(0, len(order), 64):
            group = order[start:start + 64]
            ids, mask = padded([tokens[i] for i in group])
            x = self.embeddings(ids)
            for number in range(layers):
                x = self.layer(number, x, mask[:, None, None, :])
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
            for number in range(layers, self.layers):
                x = self.layer(number, x, mask[:, None, None, :])
            vectors.append((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return F.normalize(torch.cat(vectors)[back], dim=1)

    @torch.no_grad()
    def embed(self, texts):
        """(n_texts, 384) float32 unit vectors."""
        out = []
        for start in range(0, len(texts), 512):
            out.append(self.above(self.below(texts[start:start + 512], 0), 0, groups=16))
        return torch.cat(out)

    def save(self, path):
        save_file({name: self.at(name).detach().contiguous().clone() for name in self.names}, str(path))


def padded(rows):
    """Rows of different length -> (n, longest, …), and which places are taken."""
    mask = torch.zeros(len(rows), max(len(row) for row in rows), dtype=torch.bool)
    for i, row in enumerate(rows):
        mask[i, :len(row)] = True
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True), mask
