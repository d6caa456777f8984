"""What both trainings do in a step: the rate, and the mean of the last weights."""
import math

import torch

WARM_UP = 40  # steps


def rate(most, step, steps):
    """The rate of a step: up to `most` in the first ones, then a cosine to zero."""
    return most * min(1.0, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / steps))


class Mean:
    """The mean of weights over the last part of a run."""

    def __init__(self, weights):
        self.weights, self.mean, self.n = weights, None, 0

    @torch.no_grad()
    def add(self):
        self.n += 1
        if self.mean is None:
            self.mean = [w.clone() for w in self.weights]
        for mean, w in zip(self.mean, self.weights):
            mean += (w - mean) / self.n

    @torch.no_grad()
    def take(self):
        """Puts the mean in the place of the weights."""
        for w, mean in zip(self.weights, self.mean):
            w.copy_(mean)
