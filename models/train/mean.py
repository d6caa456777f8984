#!/usr/bin/env python3
"""The mean of the weights of several trainings from one base model.

In:  safetensors files with the same tensors. Out: one with their means. Trainings from one base lie in one valley, so that the
mean is as good as the better of them and often better (Wortsman et al. 2022, "Model soups").

    mean.py OUT.safetensors A.safetensors B.safetensors …
"""
import sys

from safetensors.torch import load_file, save_file

out, *files = sys.argv[1:]
if not files:
    sys.exit("error: no weights named\nhint: mean.py OUT.safetensors A.safetensors B.safetensors …")
weights = [load_file(file) for file in files]
save_file({name: (sum(w[name].float() for w in weights) / len(weights)).contiguous() for name in weights[0]}, out)
