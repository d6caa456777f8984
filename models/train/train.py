#!/usr/bin/env python3
"""Trains the theme model: passages that say the same thing, of whatever they speak, come to lie near each other.

    train.py BASE_MODEL OUT_FOLDER --coded FOLDER… [--units FILE…] [--labelled FOLDER] [--folds 0 1 2 3 | --folds -1] [--steps N]

A batch is of ONE question, so that nothing can be told apart by what was asked. Its terms:

1. Supervised contrast (Khosla et al. 2020, equation 2) over passages and, as further views, their claims: what shares the primary
   code is to be near (weight 1), what shares any code less so (0.4), and only from *another* person; all others are pushed away,
   the same person's other passages and the other stances to the same matter among them.
2. A passage and its own claim (InfoNCE both ways, van den Oord et al. 2018), which says what the passage says and nothing else.
3. A passage, or its claim, and the definitions of its codes, among the definitions of all codes of that question. Only with
   `--definitions`.
4. What the base model knows: in a batch of passages of *many* questions, cosines are to stay near the base model's.

For each fold that is named the weights trained without it are written to OUT_FOLDER/fold<N>.safetensors; fold -1 leaves nothing
out: all.safetensors. The weights that are saved lie three quarters of the way from the base model's to
the average over the run's last part, in which the rate falls to zero.
Seeds are fixed; on the same machine and number of threads two runs agree up to the rounding of sums.
"""
import argparse
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import data
from encoder import encoder as encoder_of
from learning import Descent

BATCH, ARGUMENTS_BATCH = 96, 128
TEMPERATURE, CLAIM_TEMPERATURE = 0.07, 0.05
SAME_PRIMARY, SAME_ANY = 1.0, 0.4
CLAIM_WEIGHT, KEEP_WEIGHT, KEEP_EVERY, KEEP_BATCH = 0.5, 1.0, 4, 48
# How often a kind of set is drawn.
SHARES = {"coded": 0.45, "written": 0.18, "own": 0.27, "arguments": 0.10}
AVERAGED = 0.25  # the part of the run, from its end, whose weights are averaged
# Of the weights that are saved so much is what was learned, the rest the base model's (Wortsman et al. 2022).
LEARNED = 0.75


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], fromfile_prefix_chars="@")
    parser.add_argument("base", help="folder of the base model")
    parser.add_argument("out", type=Path, help="folder for the weights")
    parser.add_argument("--coded", required=True, nargs="+", help="folders with sections/, codebooks/ and written/")
    parser.add_argument("--units", nargs="+", default=[], help="tables of units, for folders that have codes without words")
    parser.add_argument("--without", nargs="+", default=[], help="questions, domains or topics that are left out besides a fold's")
    parser.add_argument("--labelled")
    parser.add_argument("--folds", type=int, nargs="+", default=[-1], help="what to hold out (-1: nothing)")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--frozen", type=int, default=2, help="layers that do not learn, besides the embeddings")
    parser.add_argument("--decay", type=float, default=1.0, help="the rate of a layer as a share of the one above")
    parser.add_argument("--definitions", type=float, default=0.0, help="weight of the third term")
    parser.add_argument("--keep", type=float, default=KEEP_WEIGHT, help="weight of what the base model knows")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--temperature", type=float, default=TEMPERATURE)
    return parser.parse_args()


def pairs(chosen, codes, people):
    """(n, n) weights of the pairs that are to be near."""
    n = len(chosen)
    near = torch.zeros(n, n)
    for a in range(n):
        for b in range(n):
            one, other = codes[chosen[a]], codes[chosen[b]]
            if a != b and one and other and people[chosen[a]] != people[chosen[b]]:
                near[a, b] = SAME_PRIMARY if one[0] == other[0] else SAME_ANY if set(one) & set(other) else 0.0
    return near


def contrast(vectors, near, temperature):
    logits = vectors @ vectors.T / temperature
    logits = logits - torch.diag(torch.full((len(vectors),), 1e9))
    log_share = logits - torch.logsumexp(logits, 1, keepdim=True)
    weight = near.sum(1)
    some = weight > 0
    if not some.any():
        return vectors.sum() * 0
    return -((near * log_share).sum(1)[some] / weight[some]).mean()


def by_definition(vectors, definitions, weights):
    """Cross-entropy of (n, 384) vectors against (codes, 384) definitions; weights (n, codes), with rows that sum to 1 or 0."""
    log_share = F.log_softmax(vectors @ definitions.T / CLAIM_TEMPERATURE, 1)
    return -(weights * log_share).sum() / weights.sum().clamp(min=1.0)


def own_claim(passages, claims):
    logits = passages @ claims.T / CLAIM_TEMPERATURE
    place = torch.arange(len(passages))
    return F.cross_entropy(logits, place) + F.cross_entropy(logits.T, place)


def meant(found, chosen):
    """(n, definitions) how much each passage's codes are each of the set's definitions; rows sum to 1, or 0 without a code."""
    names = {code: i for i, code in enumerate(found.definitions)}
    weights = torch.zeros(len(chosen), len(names))
    for row, i in enumerate(chosen):
        for place, code in enumerate(found.codes[i]):
            if code in names:
                weights[row, names[code]] = SAME_ANY if place else SAME_PRIMARY
    return weights / weights.sum(1, keepdim=True).clamp(min=1e-9)


class Prepared:
    """A set with what leaves the frozen layers."""

    def __init__(self, encoder, found, frozen, definitions):
        self.found = found
        self.usable = [i for i, codes in enumerate(found.codes) if codes]
        self.passages = encoder.below(found.texts, frozen)
        self.claims = encoder.below([claim or "." for claim in found.claims], frozen) if any(found.claims) else None
        self.definitions = encoder.below(list(found.definitions.values()), frozen) if found.definitions and definitions else []

    def batch(self, rng):
        size = ARGUMENTS_BATCH if self.found.kind == "arguments" else BATCH
        return rng.sample(self.usable, min(size, len(self.usable)))


def loss_of(encoder, prepared, chosen, given):
    n = len(chosen)
    hidden = [prepared.passages[i] for i in chosen]
    if prepared.claims is not None:
        hidden += [prepared.claims[i] for i in chosen]
    views = len(hidden) // n
    with torch.autocast("cpu", torch.bfloat16):
        vectors = encoder.above(hidden + prepared.definitions, given.frozen, groups=8)
    vectors = vectors.float()
    vectors, definitions = vectors[:n * views], vectors[n * views:]
    return of_codes(prepared.found, chosen, vectors, definitions, given.definitions, given.temperature)


def of_codes(found, chosen, vectors, definitions, weight, temperature=TEMPERATURE):
    """The first three terms for chosen passages of a set. `vectors`, (n or 2n, width): theirs and then, where there are, their claims';
    `definitions`, (codes, width) or empty: of all codes of the set, of which the third term has this weight."""
    n = len(chosen)
    views = len(vectors) // n
    near = pairs(chosen, found.codes, found.people)
    # A passage's own claim is the business of the second term: `near` leaves out the same person.
    loss = contrast(vectors, near.repeat(views, views), temperature)
    if views == 2:
        loss = loss + CLAIM_WEIGHT * own_claim(vectors[:n], vectors[n:])
    if len(definitions):
        loss = loss + weight * by_definition(vectors, definitions, meant(found, chosen).repeat(views, 1))
    return loss


def train(given, base, prepared, fold, start):
    """-> the encoder, trained from `base` on the sets that are not of `fold`."""
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    encoder = encoder_of(given.base)
    encoder.freeze(given.frozen)
    prepared = [p for p in prepared if fold < 0 or p.found.fold != fold]
    print(f"fold {fold}: {len(prepared)} sets, {sum(len(p.passages) for p in prepared)} passages", flush=True)
    total = {kind: sum(len(p.usable) ** 0.5 for p in prepared if p.found.kind == kind) for kind in SHARES}
    weights = [SHARES[p.found.kind] * len(p.usable) ** 0.5 / total[p.found.kind] for p in prepared]
    learning = [w for w in encoder.weights if w.requires_grad]
    # Lower layers learn less.
    share = lambda w: given.decay ** (encoder.layers - 1 - encoder.layer_of(w))
    descent, shown = Descent(learning, given.rate, given.steps, AVERAGED, share), []
    for step in range(given.steps):
        which = rng.choices(prepared, weights=weights)[0]
        loss = loss_of(encoder, which, which.batch(rng), given)
        shown.append(loss.item())
        if given.keep > 0 and step % KEEP_EVERY == 0:
            loss = loss + given.keep * KEEP_EVERY * forgotten(encoder, base, prepared, rng, given)
        descent.take(step, loss)
        if step % 50 == 49:
            print(f"fold {fold}  step {step + 1}  loss {sum(shown) / len(shown):.3f}  {time.time() - start:.0f} s", flush=True)
            shown = []
    descent.end(encoder.weights, base.weights, LEARNED)
    return encoder


def forgotten(encoder, base, prepared, rng, given):
    """How far the cosines among passages of many questions are from those of the base model (mean square)."""
    places = [(which, rng.randrange(len(which.passages))) for which in rng.choices(prepared, k=KEEP_BATCH)]
    hidden = [which.passages[i] for which, i in places]
    with torch.autocast("cpu", torch.bfloat16):
        now = encoder.above(hidden, given.frozen)
        with torch.no_grad():
            was = base.above(hidden, given.frozen)
    now, was = now.float(), was.float()
    return F.mse_loss(now @ now.T, was @ was.T)


def main():
    given = arguments()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    start = time.time()
    base = encoder_of(given.base)
    sets = data.everything(given.coded, given.labelled, given.without, data.units(given.units))
    prepared = [Prepared(base, found, given.frozen, given.definitions > 0) for found in sets]
    print(f"{len(sets)} sets, prepared in {time.time() - start:.0f} s", flush=True)
    for fold in given.folds:
        encoder = train(given, base, prepared, fold, start)
        encoder.save(given.out / ("all.safetensors" if fold < 0 else f"fold{fold}.safetensors"))


if __name__ == "__main__":
    main()
