#!/usr/bin/env python3
"""Teaches the small model what a larger one that was trained likewise hears (Hinton et al. 2015; Tian et al. 2020).

    distil.py TEACHER_BASE TEACHER_WEIGHTS STUDENT_BASE OUT.safetensors --coded FOLDER… [--labelled FOLDER] [--units FILE…]
              [--without QUESTION…] [--student WEIGHTS] [--steps N]

In:  the larger base model with the weights that `train.py` made of it, the small one, the sets that `train.py` learns from, and
     tables of units (`leitmotif export INTERVIEWS --to units`): passages and questions without a code, since the teacher needs
     none. Not what a fold or `--without` leaves out: with `--fold N` the teacher's is to be named.
Out: the small model's weights.

1. The teacher's vectors, (n_texts, 768), lose the directions that carry least around their mean, so that 384 are left, and are
   turned onto the student's around its mean by Procrustes' rotation (Schönemann 1966): what is to be learned lies as near as it
   can. The mean, and the spread around it, stay the student's: a cosine is as high as one was before, so that what was set by
   the height of cosines (which code a passage gets, which theme a new answer) stays as it was set.
2. The student learns a text's vector (1 − cosine) and, in a batch of one question or of many, the cosines of all pairs around the
   batch's mean (mean square): the clustering looks at passages of one question around their mean.
3. Two batches of three are of a set with codes, its passages with their claims, and of these the codes are learned from too, as
   `train.py` does: what the teacher does not hear well can be learned all the same. Of written passages more is learned from
   codes than from the teacher, of arguments nothing but the codes.

All layers learn, the embeddings of word pieces do not. 1,000 texts are held out of the teacher's, and what is told of them shows
when more steps are of no use. The weights lie seven tenths of the way from those that the student began with to the mean of the
last fifth's, and then 0.15 of the way back to the base model's (Wortsman et al. 2022): things are told apart by these.
"""
import argparse
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import data
from encoder import encoder, padded
from learning import Descent
from train import of_codes

BATCH, AVERAGED = 128, 0.2
WITH_CLAIMS, ARGUMENTS_BATCH = 64, 110  # passages of a batch that learns from codes too
WINDOW = 128  # word pieces of a text
LEARNED = 0.7  # of the weights that are saved so much is what was learned, the rest what the student began with
BASE = 0.15  # and then so much the base model's
ALONE = 0.35  # the share of batches that are of texts without a question in common
# How often a kind of set is drawn, what weight its codes have, and the cosines of its pairs (0: nothing is learned of the teacher).
SHARES = {"coded": 0.35, "written": 0.12, "own": 0.33, "arguments": 0.20}
CODES = {"coded": 0.05, "written": 0.1, "own": 0.1, "arguments": 0.2}
RELATION = {"": 30.0, "coded": 30.0, "written": 10.0, "own": 10.0, "arguments": 0.0}
DEFINITIONS = 0.25  # of the codes' weight
HELD_OUT = 1000
LEAST = 24  # texts that the teacher's pairs are learned of
QUESTIONS = 1000  # texts that are drawn of the interviewers'


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], fromfile_prefix_chars="@")
    parser.add_argument("teacher", help="folder of the teacher's base model")
    parser.add_argument("taught", help="the teacher's weights")
    parser.add_argument("base", help="folder of the student's base model")
    parser.add_argument("out", type=Path, help="the student's weights")
    parser.add_argument("--student", help="weights that the student begins with")
    parser.add_argument("--coded", required=True, nargs="+", help="folders with sections/, codebooks/ and written/")
    parser.add_argument("--units", nargs="+", default=[], help="tables of units")
    parser.add_argument("--labelled")
    parser.add_argument("--without", nargs="+", default=[], help="questions, domains or topics that are left out besides a fold's")
    parser.add_argument("--fold", type=int, default=-1, help="what to leave out (-1: nothing)")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def texts_of(given, sets, held_out):
    """What the teacher's vectors are learned of: the texts of sets, and those of the tables that stand alone."""
    rng = random.Random(0)
    table = [row for path in given.units for row in data.rows(path)]
    left_out = {text for s in held_out for text in s.texts}
    of_sets = {text for s in sets if RELATION[s.kind] for text in [*s.texts, *s.claims, *s.definitions.values()] if text}
    alone = {row["text"] for row in table if row["kind"] == "unit"} - left_out - of_sets
    questions = sorted({row["text"] for row in table if row["kind"] == "question"} - of_sets - alone)
    return sorted(of_sets), sorted(alone) + rng.sample(questions, min(len(questions), QUESTIONS))


class Coded:
    """A set with the word pieces of its passages, claims and definitions."""

    def __init__(self, student, found):
        self.found = found
        self.usable = [i for i, codes in enumerate(found.codes) if codes]
        self.passages = student.tokens(found.texts)
        self.claims = student.tokens([claim or "." for claim in found.claims]) if any(found.claims) else None
        self.definitions = student.tokens(list(found.definitions.values())) if found.definitions else []

    def batch(self, rng):
        """-> (the chosen passages, their texts and then their claims', the word pieces of these)."""
        chosen = rng.sample(self.usable, min(ARGUMENTS_BATCH if self.claims is None else WITH_CLAIMS, len(self.usable)))
        texts, tokens = [self.found.texts[i] for i in chosen], [self.passages[i] for i in chosen]
        if self.claims is not None:
            texts += [self.found.claims[i] for i in chosen]
            tokens += [self.claims[i] for i in chosen]
        return chosen, texts, tokens


def vectors(model, tokens):
    """Unit vectors of texts, (n_texts, width), in six groups of like length."""
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    size, out = -(-len(order) // 6), []
    with torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), size):
            ids, mask = padded([tokens[i] for i in order[start:start + size]])
            x, among = model.embeddings(ids), model.attended(mask)
            for number in range(model.layers):
                x = model.layer(number, x, among)
            out.append((x.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True))
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return F.normalize(torch.cat(out)[back], dim=1)


@torch.no_grad()
def all_vectors(model, tokens):
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    found = [vectors(model, [tokens[i] for i in order[start:start + 256]]) for start in range(0, len(order), 256)]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(found)[back]


def around_their_mean(rows):
    rows = F.normalize(rows - rows.mean(0), dim=1)
    return rows @ rows.T


def relation(student, teacher):
    """How far the cosines of all pairs around the mean are from the teacher's (mean square)."""
    others = ~torch.eye(len(student), dtype=torch.bool)
    return F.mse_loss(around_their_mean(student)[others], around_their_mean(teacher)[others])


def targets(taught, student):
    """The teacher's vectors, (n_texts, n_dims): its directions around the mean, turned onto the student's, at the student's heights."""
    n_dims = student.shape[1]
    among, below = student - student.mean(0), taught - taught.mean(0)
    kept = torch.linalg.svd(below.T @ below).U[:, :n_dims]
    least = below @ kept
    u, _, v = torch.linalg.svd(least.T @ among)
    least = least @ (u @ v) * (among.square().sum() / least.square().sum()).sqrt()
    return F.normalize(student.mean(0) + least, dim=1)


class Teacher:
    """What the teacher's vectors ask of the student's."""

    def __init__(self, texts, taught, wanted, held_out):
        self.place = {text: i for i, text in enumerate(texts) if i not in held_out}
        self.taught, self.wanted = taught, wanted

    def loss(self, now, texts, kind):
        """Of the texts that are the teacher's; 0 where they are too few."""
        known = [row for row, text in enumerate(texts) if text in self.place] if RELATION[kind] else []
        if len(known) < LEAST:
            return now.sum() * 0
        place = [self.place[texts[row]] for row in known]
        now = now[known]
        return (1 - (now * self.wanted[place]).sum(1)).mean() + RELATION[kind] * relation(now, self.taught[place])


def main():
    given = arguments()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    rng, start = random.Random(given.seed), time.time()
    everything = data.everything(given.coded, given.labelled, texts=data.units(given.units))
    sets, left_out = data.divided(everything, given.fold, given.without)
    of_sets, alone = texts_of(given, sets, left_out)
    texts = of_sets + alone
    teacher = encoder(given.teacher, given.taught, WINDOW)
    taught = all_vectors(teacher, teacher.tokens(texts))
    del teacher
    print(f"{len(texts)} texts, the teacher's vectors after {time.time() - start:.0f} s", flush=True)
    student = encoder(given.base, given.student, WINDOW)
    student.freeze(0)
    tokens = student.tokens(texts)
    wanted = targets(taught, all_vectors(student, tokens))
    held_out = rng.sample(range(len(texts)), min(HELD_OUT, len(texts) // 10))
    teacher = Teacher(texts, taught, wanted, set(held_out))
    alone = [i for i in range(len(of_sets), len(texts)) if texts[i] in teacher.place]

    coded = [Coded(student, s) for s in sets]
    total = {kind: sum(len(c.usable) ** 0.5 for c in coded if c.found.kind == kind) for kind in SHARES}
    weights = [SHARES[c.found.kind] * len(c.usable) ** 0.5 / total[c.found.kind] for c in coded]
    learning = [w for w in student.weights if w.requires_grad]
    descent, began = Descent(learning, given.rate, given.steps, AVERAGED), [w.detach().clone() for w in learning]
    for step in range(given.steps):
        if alone and rng.random() < ALONE:
            rows = rng.sample(alone, min(BATCH, len(alone)))
            loss = teacher.loss(vectors(student, [tokens[i] for i in rows]), [texts[i] for i in rows], "")
        else:
            c = rng.choices(coded, weights=weights)[0]
            chosen, said, pieces = c.batch(rng)
            now = vectors(student, pieces + c.definitions)
            now, definitions = now[:len(said)], now[len(said):]
            kind = c.found.kind
            loss = CODES[kind] * of_codes(c.found, chosen, now, definitions, DEFINITIONS) + teacher.loss(now, said, kind)
        descent.take(step, loss)
        if step % 100 == 99:
            now = all_vectors(student, [tokens[i] for i in held_out])
            print(f"step {step + 1}  held out: cosine with the teacher {(now * wanted[held_out]).sum(1).mean():.4f}, "
                  f"pairs {relation(now, taught[held_out]):.5f}  {time.time() - start:.0f} s", flush=True)
    descent.end(learning, began, LEARNED)
    towards(student, encoder(given.base), BASE)
    student.save(given.out)


@torch.no_grad()
def towards(student, base, share):
    """Puts the student's weights so much of the way to the base model's."""
    for name in student.names:
        student.at(name).lerp_(base.at(name), share)


if __name__ == "__main__":
    main()
