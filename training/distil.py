"""Soft targets of a teacher for a student: both cut text into the same pieces, so their token values compare one to one."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from detente.model.labels import ACTS, RELATIONS, ROLES, TAG_LAYERS, TAGS
from training.losses import batch_inputs, candidates, relation_values, role_scores
from training.network import Network
from training.targets import Example

Values = dict[str, Tensor]


def outputs(net: Network, ids: Tensor, shapes: Tensor, mask: Tensor) -> Values:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(net.embed(ids, shapes), mask)
    return {k: v.float() for k, v in out.items()}


def as_mpnet(ids: Tensor, mask: Tensor) -> Tensor:
    """BERT's piece ids as MPNet's: the special ones by name, all others moved by four."""
    special = {101: 0, 102: 2}  # [CLS] is <s>, [SEP] is </s>
    moved = ids + 4
    for theirs, ours in special.items():
        moved = torch.where(ids == theirs, torch.full_like(ids, ours), moved)
    return torch.where(mask == 0, torch.ones_like(ids), moved)


def divergence(student: Tensor, teacher: Tensor) -> Tensor:
    """KL divergence of rows of logits, mean over rows."""
    return F.kl_div(F.log_softmax(student, -1), F.log_softmax(teacher, -1), log_target=True, reduction="batchmean")


def tag_divergence(student: Values, teacher: Values, batch: Sequence[Example]) -> Tensor:
    """Over the words of each window's focus, all tag layers."""
    total = student["tags"].new_zeros(())
    keep = torch.zeros(student["tags"].shape[:2], dtype=torch.bool)
    for row, e in enumerate(batch):
        keep[row, : len(e.tags)] = torch.from_numpy(e.tags[:, 0] >= 0)
    for name in TAG_LAYERS:
        part = slice(TAGS[name].start, TAGS[name].end)
        total = total + divergence(student["tags"][keep][:, part], teacher["tags"][keep][:, part])
    return total


def act_divergence(student: Values, teacher: Values, batch: Sequence[Example]) -> Tensor:
    """Type, mode and status at the triggers of the corpus."""
    spans = [(row, a[0]) for row, e in enumerate(batch) for a in e.acts]
    if not spans:
        return student["acts"].new_zeros(())
    ours, theirs = (torch.stack([out["acts"][row, a:b].mean(0) for row, (a, b) in spans]) for out in (student, teacher))
    total = ours.new_zeros(())
    for name, weight in (("type", 1.0), ("mode", 0.4), ("status", 0.6)):
        part = slice(ACTS[name].start, ACTS[name].end)
        total = total + weight * divergence(ours[:, part], theirs[:, part])
    return total


def mention_divergence(student: Values, teacher: Values, batch: Sequence[Example]) -> Tensor:
    spans = [(row, m[0]) for row, e in enumerate(batch) for m in e.mentions if m[3]]
    if not spans:
        return student["mentions"].new_zeros(())
    ours, theirs = (torch.stack([out["mentions"][row, a:b].mean(0) for row, (a, b) in spans]) for out in (student, teacher))
    return divergence(ours[:, :-1], theirs[:, :-1])


def role_divergence(net: Network, master: Network, student: Values, teacher: Values, batch: Sequence[Example]) -> Tensor:
    """Cross-entropy of each role's scores with the teacher's probabilities."""
    total, count = student["tags"].new_zeros(()), 1.0
    for row, e in enumerate(batch):
        here, there = ({k: out[k][row] for k in ("anchors", "items", "role_bias")} for out in (student, teacher))
        for role in ROLES:
            anchors, items = [a for a in e.anchors if role in a.roles], candidates(e, role)
            if anchors and items:
                ours = role_scores(net, here, role, anchors, items)
                soft = torch.sigmoid(role_scores(master, there, role, anchors, items))
                total = total + F.binary_cross_entropy_with_logits(ours, soft, reduction="sum") * (0.1 if len(items) > 60 else 1.0)
                count += len(anchors)
    return total / count


def relation_divergence(net: Network, master: Network, student: Values, teacher: Values, batch: Sequence[Example]) -> Tensor:
    ours, theirs = [], []
    for row, e in enumerate(batch):
        pairs = [(a, b) for a, b, _, _ in e.relations]
        if pairs:
            ours.append(relation_values(net, student["relations"][row], e, pairs))
            theirs.append(relation_values(master, teacher["relations"][row], e, pairs))
    if not ours:
        return student["tags"].new_zeros(())
    kinds = slice(0, len(RELATIONS))
    return divergence(torch.cat(ours)[:, kinds], torch.cat(theirs)[:, kinds])


class Teacher:
    """A trained network whose token values a student learns besides the corpus; its values of a batch are kept for the next time."""

    def __init__(self, network: Network, weight: float, pad: int):
        self.network, self.weight, self.pad = network.eval(), weight, pad
        self._kept: dict[int, Values] = {}

    def values(self, batch: Sequence[Example]) -> Values:
        """Token values for a batch whose pieces are the student's; MPNet has BERT's vocabulary, moved by four."""
        kept = self._kept.get(id(batch))
        if kept is None:
            ids, shapes, mask = batch_inputs(batch, self.pad)
            with torch.no_grad():
                kept = {k: v.bfloat16() for k, v in outputs(self.network, as_mpnet(ids, mask), shapes, mask).items()}
            self._kept[id(batch)] = kept
        return {k: v.float() for k, v in kept.items()}


def distil_losses(net: Network, teacher: Teacher, student: Values, batch: Sequence[Example]) -> Tensor:
    """All soft losses of a batch, weighted."""
    master, values = teacher.network, teacher.values(batch)
    return teacher.weight * (
        tag_divergence(student, values, batch) + act_divergence(student, values, batch)
        + 0.4 * mention_divergence(student, values, batch) + role_divergence(net, master, student, values, batch)
        + relation_divergence(net, master, student, values, batch)
    )  # fmt: skip
