#!/usr/bin/env python3
"""Teaches the small model what a larger one that was trained likewise hears (Hinton et al. 2015; Tian et al. 2020).

    distil.py TEACHER_BASE TEACHER_WEIGHTS STUDENT_BASE OUT.safetensors --coded FOLDER… [--labelled FOLDER] [--units FILE…]
              [--student WEIGHTS] [--steps N]

In:  the larger base model with the weights that `train.py` made of it, the small one, the texts of the sets that `train.py` learns
     from, and tables of units (`leitmotif export INTERVIEWS --to units`): passages and questions without a code, since the teacher
     needs none. Not what a fold or `--without` leaves out: with `--fold N` the teacher's is to be named.
Out: the small model's weights.

1. The teacher's vectors, (n_texts, 768), lose the directions that carry least around their mean, so that 384 are left, and are
   turned onto the student's around its mean by Procrustes' rotation (Schönemann 1966): what is to be learned lies as near as it
   can. The mean, and the spread around it, stay the student's: a cosine is as high as one was before, so that what was set by
   the height of cosines (which code a passage gets, which theme a new answer) stays as it was set.
2. The student learns a text's vector (1 − cosine) and, in a batch of one question or of many, the cosines of all pairs around the
   batch's mean (mean square, weight 10): the clustering looks at passages of one question around their mean.

All layers learn, the embeddings of word pieces do not. 1,000 texts are held out of the learning, and what is told of them shows when
more steps are of no use. The weights lie seven tenths of the way from those that the student began with to the mean of the last
fifth's (Wortsman et al. 2022).
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

BATCH, AVERAGED, RELATION = 128, 0.2, 10.0
WINDOW = 128  # word pieces of a text
LEARNED = 0.7  # of the weights that are saved so much is what was learned, the rest what the student began with
ALONE = 0.5  # the share of batches that are of texts without a question in common
HELD_OUT = 1000
LEAST = 24  # texts of a question that make a batch
ARGUMENTS, QUESTIONS = 150, 1000  # texts that are drawn of each topic's, and of the interviewers'


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("teacher", help="folder of the teacher's base model")
    parser.add_argument("taught", help="the teacher's weights")
    parser.add_argument("base", help="folder of the student's base model")
    parser.add_argument("out", type=Path, help="the student's weights")
    parser.add_argument("--student", help="weights that the student begins with")
    parser.add_argument("--coded", required=True, nargs="+", help="folders with sections/, codebooks/ and written/")
    parser.add_argument("--units", nargs="+", default=[], help="tables of units")
    parser.add_argument("--labelled")
    parser.add_argument("--fold", type=int, default=-1, help="what to leave out (-1: nothing)")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def texts_of(given):
    """{text: the question it belongs to, "" where it stands alone}."""
    rng, found = random.Random(0), {}

    def add(question, texts):
        for text in texts:
            if text:
                found.setdefault(text, question)

    sets, held_out = data.divided(data.everything(given.coded, given.labelled, texts=data.units(given.units)), given.fold)
    for s in sets:
        add(s.name, rng.sample(s.texts, min(len(s.texts), ARGUMENTS)) if s.kind == "arguments" else s.texts)
        add(s.name, s.claims if s.kind == "coded" else rng.sample(s.claims, len(s.claims) // 2))
        add(s.name, s.definitions.values())
    table = [row for path in given.units for row in data.rows(path)]
    left_out = {text for s in held_out for text in s.texts}
    add("", [row["text"] for row in table if row["kind"] == "unit" and row["text"] not in left_out])
    questions = sorted({row["text"] for row in table if row["kind"] == "question"})
    add("", rng.sample(questions, min(len(questions), QUESTIONS)))
    return found


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


def main():
    given = arguments()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    rng, start = random.Random(given.seed), time.time()
    found = texts_of(given)
    texts = list(found)
    teacher = encoder(given.teacher, given.taught, WINDOW)
    taught = all_vectors(teacher, teacher.tokens(texts))
    del teacher
    print(f"{len(texts)} texts, the teacher's vectors after {time.time() - start:.0f} s", flush=True)
    student = encoder(given.base, given.student, WINDOW)
    student.freeze(0)
    tokens = student.tokens(texts)
    wanted = targets(taught, all_vectors(student, tokens))

    held_out = rng.sample(range(len(texts)), HELD_OUT)
    questions = {}
    for i in sorted(set(range(len(texts))) - set(held_out)):
        questions.setdefault(found[texts[i]], []).append(i)
    alone = questions.pop("", [])
    questions = [rows for rows in questions.values() if len(rows) >= LEAST]
    weights = [len(rows) ** 0.5 for rows in questions]
    learning = [w for w in student.weights if w.requires_grad]
    descent, began = Descent(learning, given.rate, given.steps, AVERAGED), [w.detach().clone() for w in learning]
    for step in range(given.steps):
        rows = alone if alone and rng.random() < ALONE else rng.choices(questions, weights=weights)[0]
        chosen = rng.sample(rows, min(BATCH, len(rows)))
        now = vectors(student, [tokens[i] for i in chosen])
        loss = (1 - (now * wanted[chosen]).sum(1)).mean() + RELATION * relation(now, taught[chosen])
        descent.take(step, loss)
        if step % 100 == 99:
            now = all_vectors(student, [tokens[i] for i in held_out])
            print(f"step {step + 1}  held out: cosine with the teacher {(now * wanted[held_out]).sum(1).mean():.4f}, "
                  f"pairs {relation(now, taught[held_out]):.5f}  {time.time() - start:.0f} s", flush=True)
    descent.end(learning, began, LEARNED)
    student.save(given.out)


if __name__ == "__main__":
    main()
