"""What both trainings do in a step and at the end: the rate, the step, the mean of the last weights, part of the way back."""
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


class Descent:
    """AdamW; `share` is a weight's share of the rate, and only matrices decay. The mean is over the last `averaged` of the run."""

    def __init__(self, learning, most, steps, averaged, share=lambda w: 1.0):
        self.learning, self.most, self.steps, self.averaged, self.mean = learning, most, steps, averaged, Mean(learning)
        self.optimizer = torch.optim.AdamW([
            {"params": [w], "weight_decay": 0.01 if w.dim() > 1 else 0.0, "share": share(w)} for w in learning
        ])

    def take(self, step, loss):
        for group in self.optimizer.param_groups:
            group["lr"] = rate(self.most * group["share"], step, self.steps)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.learning, 1.0)
        self.optimizer.step()
        if step / self.steps >= 1 - self.averaged:
            self.mean.add()

    @torch.no_grad()
    def end(self, weights, before, learned):
        """Puts the mean in the place of what learned, then `weights` at the share `learned` of the way from `before`."""
        self.mean.take()
        for w, was in zip(weights, before):
            w.copy_(learned * w + (1 - learned) * was)
