"""The losses of all heads for a batch of windows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from detente.model.heads import bucket
from detente.model.labels import ACTS, RELATIONS, ROLES, TAG_LAYERS, TAGS, TOKEN_ROLES
from training.network import Network
from training.targets import IGNORE, Anchor, Example, Tokens

WEIGHTS = {"tags": 1.0, "acts": 1.0, "mentions": 0.4, "roles": 1.0, "relations": 1.0}


def batch_inputs(batch: Sequence[Example], pad: int) -> tuple[Tensor, Tensor, Tensor]:
    """ids, shapes and mask, each [B, T]."""
    size = max(len(e.window.pieces) for e in batch)
    ids = np.full((len(batch), size), pad)
    shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
    for row, e in enumerate(batch):
        n = len(e.window.pieces)
        ids[row, :n], shapes[row, :n], mask[row, :n] = e.window.pieces.ids, e.window.pieces.shapes, 1
    return torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(mask)


def pool(values: Tensor, spans: Sequence[Tokens]) -> Tensor:
    return torch.stack([values[a:b].mean(0) for a, b in spans])


def tag_loss(out: Tensor, batch: Sequence[Example], smoothing: float) -> Tensor:
    total = out.new_zeros(())
    target = torch.full((*out.shape[:2], len(TAGS)), IGNORE)
    for row, e in enumerate(batch):
        target[row, : len(e.tags)] = torch.from_numpy(e.tags)
    for column, name in enumerate(TAG_LAYERS):
        part = out[..., TAGS[name].start : TAGS[name].end]
        weight = {"actor": 1.0, "trigger": 1.5, "cue": 1.0, "place": 0.6, "time": 0.6}[name]
        if (target[..., column] != IGNORE).any():
            loss = F.cross_entropy(part.flatten(0, 1), target[..., column].flatten(), ignore_index=IGNORE, label_smoothing=smoothing)
            total = total + weight * loss
    return total


def act_loss(out: Tensor, batch: Sequence[Example], smoothing: float) -> Tensor:
    rows = [pool(out[row], [a[0] for a in e.acts]) for row, e in enumerate(batch) if e.acts]
    if not rows:
        return out.new_zeros(())
    values = torch.cat(rows)
    acts = [a for e in batch for a in e.acts]
    total = values.new_zeros(())
    for name, column, weight in (("type", 1, 1.0), ("mode", 2, 0.4), ("status", 3, 0.6)):
        target = torch.tensor([a[column] for a in acts])
        if (target != IGNORE).any():
            part = values[:, ACTS[name].start : ACTS[name].end]
            total = total + weight * F.cross_entropy(part, target, ignore_index=IGNORE, label_smoothing=smoothing)
    historical = torch.tensor([a[4] for a in acts])
    return total + 0.4 * F.binary_cross_entropy_with_logits(values[:, ACTS["historical"].start], historical)


def mention_loss(out: Tensor, batch: Sequence[Example]) -> Tensor:
    found = [(row, m) for row, e in enumerate(batch) for m in e.mentions if m[3]]
    if not found:
        return out.new_zeros(())
    values = torch.stack([out[row, m[0][0] : m[0][1]].mean(0) for row, m in found])
    sectors = torch.tensor([m[1] for _, m in found])
    points = torch.tensor([m[2] for _, m in found])
    total = F.binary_cross_entropy_with_logits(values[:, -1], points)
    if (sectors != IGNORE).any():
        total = total + F.cross_entropy(values[:, :-1], sectors, ignore_index=IGNORE, label_smoothing=0.05)
    return total


def candidates(e: Example, role: str) -> list[Tokens]:
    if role in TOKEN_ROLES:
        return [(i, i + 1) for i in range(len(e.window.pieces))]
    return {"at": e.places, "when": e.times}.get(role) or ([] if role in ("at", "when") else [m[0] for m in e.mentions])


def role_scores(net: Network, out: dict[str, Tensor], role: str, anchors: list[Anchor], items: list[Tokens]) -> Tensor:
    """Logits [anchors, items] of a role in one window, whose token values [T, …] are ``out``."""
    r = ROLES.index(role)
    width = out["anchors"].shape[-1] // len(ROLES)
    part = slice(r * width, (r + 1) * width)
    spans = [a.tokens for a in anchors]
    a = pool(out["anchors"][:, part], spans)
    bias_a = pool(out["role_bias"][:, r : r + 1], spans)
    if role in TOKEN_ROLES:
        i, bias_i = out["items"][: len(items), part], out["role_bias"][: len(items), len(ROLES) + r : len(ROLES) + r + 1]
    else:
        i = pool(out["items"][:, part], items)
        bias_i = pool(out["role_bias"][:, len(ROLES) + r : len(ROLES) + r + 1], items)
    distance = np.array([s for s, _ in items])[None, :] - np.array([s for s, _ in spans])[:, None]
    near = net.distances[r][torch.from_numpy(bucket(distance))]
    return a @ i.T / width**0.5 + bias_a + bias_i.T + near


def gold_matrix(role: str, anchors: list[Anchor], items: list[Tokens]) -> Tensor:
    gold = torch.zeros(len(anchors), len(items))
    for n, anchor in enumerate(anchors):
        for start, end in anchor.items.get(role, ()):
            if role in TOKEN_ROLES:
                gold[n, start:end] = 1
            elif (start, end) in items:
                gold[n, items.index((start, end))] = 1
    return gold


def role_loss(net: Network, out: dict[str, Tensor], batch: Sequence[Example]) -> Tensor:
    total, count = out["tags"].new_zeros(()), 1.0
    for row, e in enumerate(batch):
        window = {k: out[k][row] for k in ("anchors", "items", "role_bias")}
        for role in ROLES:
            anchors = [a for a in e.anchors if role in a.roles]
            items = candidates(e, role)
            if not anchors or not items:
                continue
            scores, gold = role_scores(net, window, role, anchors, items), gold_matrix(role, anchors, items)
            if role == "antecedent":
                own = torch.tensor([[i == a.tokens for i in items] for a in anchors])
                keep = gold.sum(1) > 0
                if keep.any():
                    scores = scores.masked_fill(own, -1e4)
                    total = total - (F.log_softmax(scores[keep], -1) * gold[keep]).sum()
                    count += float(keep.sum())
            else:
                scale = 0.1 if role in TOKEN_ROLES else 1.0
                total = total + scale * F.binary_cross_entropy_with_logits(scores, gold, reduction="sum")
                count += scale * max(float(gold.sum()), 0.5 * len(anchors))
    return total / count


def relation_values(net: Network, out: Tensor, e: Example, pairs: Sequence[tuple[Tokens, Tokens]]) -> Tensor:
    width = out.shape[-1] // 3
    left, right = pool(out[:, :width], [p[0] for p in pairs]), pool(out[:, width : 2 * width], [p[1] for p in pairs])
    owners = e.window.sentences
    around = []
    for a, _ in pairs:
        inside = np.nonzero(owners == owners[a[0]])[0]
        around.append((int(inside[0]), int(inside[-1]) + 1))
    return net.relation_out(F.gelu(left + right + pool(out[:, 2 * width :], around)))  # type: ignore[no-any-return]


def relation_loss(net: Network, out: Tensor, batch: Sequence[Example], smoothing: float) -> Tensor:
    parts, kinds, modes = [], [], []
    for row, e in enumerate(batch):
        if e.relations:
            parts.append(relation_values(net, out[row], e, [(a, b) for a, b, _, _ in e.relations]))
            kinds += [k for _, _, k, _ in e.relations]
            modes += [m for _, _, _, m in e.relations]
    if not parts:
        return out.new_zeros(())
    values, kind, mode = torch.cat(parts), torch.tensor(kinds), torch.tensor(modes)
    weight = torch.ones(len(RELATIONS))
    weight[0] = 0.3
    total = F.cross_entropy(values[:, : len(RELATIONS)], kind, weight=weight, label_smoothing=smoothing)
    if (mode != IGNORE).any():
        total = total + 0.3 * F.cross_entropy(values[:, len(RELATIONS) :], mode, ignore_index=IGNORE)
    return total


def token_values(net: Network, batch: Sequence[Example], pad: int) -> dict[str, Tensor]:
    """Token values [B, T, …] of all heads."""
    ids, shapes, mask = batch_inputs(batch, pad)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(net.embed(ids, shapes), mask)
    return {k: v.float() for k, v in out.items()}


def losses(net: Network, out: dict[str, Tensor], batch: Sequence[Example], smoothing: float = 0.05) -> dict[str, Tensor]:
    """The loss of each head for the token values ``out`` of a batch."""
    return {
        "tags": tag_loss(out["tags"], batch, smoothing), "acts": act_loss(out["acts"], batch, smoothing),
        "mentions": mention_loss(out["mentions"], batch), "roles": role_loss(net, out, batch),
        "relations": relation_loss(net, out["relations"], batch, smoothing),
    }  # fmt: skip
