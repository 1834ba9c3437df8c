"""Gradient steps by several processes of one thread each over one network in shared memory.

On a laptop this beats one process of several threads: nothing waits within a layer.  Each process takes its own batch
of a round, then applies the mean gradient to its own part of the parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor, nn

Schedule = Callable[[int], float]
Group = tuple[list[nn.Parameter], float]
T = TypeVar("T")


class Shares(NamedTuple):
    """What the processes share: gradient buffers by process and parameter, and where they wait for each other."""

    gradients: list[list[Tensor]]
    barrier: Barrier


def trained(net: nn.Module) -> list[nn.Parameter]:
    return [p for p in net.parameters() if p.requires_grad]


def make_shares(net: nn.Module, count: int) -> Shares:
    """Moves the network into shared memory and makes a gradient buffer for each of ``count`` processes."""
    net.share_memory()
    buffers = [[torch.zeros_like(p).share_memory_() for p in trained(net)] for _ in range(count)]
    return Shares(buffers, torch.multiprocessing.get_context("spawn").Barrier(count))


def owners(sizes: Sequence[int], count: int) -> list[int]:
    """Which process updates each parameter, so that all update about as many numbers."""
    load = [0] * count
    found = [0] * len(sizes)
    for index in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        found[index] = load.index(min(load))
        load[found[index]] += sizes[index]
    return found


class Stepper:
    """One process's part in each step: its gradient in, its share of the parameters updated."""

    def __init__(self, net: nn.Module, groups: Sequence[Group], schedule: Schedule, shares: Shares, rank: int):
        self.shares, self.rank = shares, rank
        self.parameters = trained(net)
        for p, buffer in zip(self.parameters, shares.gradients[rank], strict=True):
            p.grad = buffer
        owner = owners([p.numel() for p in self.parameters], len(shares.gradients))
        self.mine = [n for n, o in enumerate(owner) if o == rank]
        own = {id(self.parameters[n]) for n in self.mine}
        parts: list[dict[str, Any]] = [{"params": [p for p in ps if id(p) in own], "lr": rate} for ps, rate in groups]
        self.tool = torch.optim.AdamW([g for g in parts if g["params"]], weight_decay=0.01, fused=True)
        self.plan = torch.optim.lr_scheduler.LambdaLR(self.tool, schedule)

    def step(self, loss: Tensor) -> None:
        for buffer in self.shares.gradients[self.rank]:
            buffer.zero_()
        loss.backward()  # type: ignore[no-untyped-call]
        self.shares.barrier.wait()
        count = len(self.shares.gradients)
        for n in self.mine:
            mean = self.shares.gradients[self.rank][n]
            for other in range(count):
                if other != self.rank:
                    mean.add_(self.shares.gradients[other][n])
            mean.div_(count)
        torch.nn.utils.clip_grad_norm_([self.parameters[n] for n in self.mine], count**-0.5)
        self.tool.step()
        self.plan.step()
        self.shares.barrier.wait()


def paired(rounds: Sequence[T], size: Callable[[T], int], count: int) -> list[list[T]]:
    """Groups of ``count`` rounds of like size, so that no process waits long; a rest too small for a group is left out."""
    ordered = sorted(rounds, key=size)
    return [list(ordered[at : at + count]) for at in range(0, len(ordered) - count + 1, count)]
