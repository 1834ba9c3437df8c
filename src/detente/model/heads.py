"""What follows the encoder: token values to values of spans and pairs, in plain NumPy.

A span's value is the mean over its pieces.  A role's score for (anchor, item) is their scaled product in the role's
own space, plus a bias of each and one of their signed distance in pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.model.labels import DISTANCES, RELATIONS, ROLES

Floats = npt.NDArray[np.float32]
Tokens = tuple[int, int]


@dataclass(frozen=True)
class Outputs:
    """Token values of one window: tags [T, 16], acts [T, 95], mentions [T, 30], anchors and items [T, R·D],
    role_bias [T, 2R], relations [T, 3W]."""

    tags: Floats
    acts: Floats
    mentions: Floats
    anchors: Floats
    items: Floats
    role_bias: Floats
    relations: Floats


def softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """The exact form, by an approximation of erf that is good to 1.5e-7 (Abramowitz and Stegun 7.1.26)."""
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)


def bucket(distance: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Signed distances in pieces to ``DISTANCES`` buckets: 0, ±1, ±2, ±3-4, ±5-8, … , beyond."""
    size = np.where(distance == 0, 0, np.ceil(np.log2(np.maximum(np.abs(distance), 1))).astype(np.int64) + 1)
    half = DISTANCES // 2
    return np.asarray(half + np.sign(distance) * np.minimum(size, half), dtype=np.int64)


def pooling(spans: Sequence[Tokens], size: int) -> Floats:
    """The matrix [S, T] that takes the mean over each span."""
    matrix = np.zeros((len(spans), size), dtype=np.float32)
    for row, (a, b) in enumerate(spans):
        matrix[row, a:b] = 1 / (b - a)
    return matrix


@dataclass(frozen=True)
class HeadWeights:
    """Weights of the pair heads: distances [R, DISTANCES], relation_out [W, C] with bias [C]."""

    distances: Floats
    relation_out: Floats
    relation_bias: Floats

    def role_scores(
        self, out: Outputs, roles: Sequence[str], anchors: Sequence[Tokens], items: Sequence[Tokens] | None = None
    ) -> dict[str, Floats]:
        """Logits [anchors, items] of neighbouring roles; without items, every piece of the window is one."""
        size, count, width = len(out.anchors), len(ROLES), out.anchors.shape[1] // len(ROLES)
        first, last = ROLES.index(roles[0]), ROLES.index(roles[-1]) + 1
        if ROLES[first:last] != tuple(roles):
            raise ValueError(f"roles {roles} do not stand together in {ROLES}")
        columns = slice(first * width, last * width)
        pool = pooling(anchors, size)
        a = (pool @ out.anchors[:, columns]).reshape(len(anchors), last - first, width).transpose(1, 0, 2)
        bias_a = (pool @ out.role_bias[:, first:last]).T[:, :, None]
        values, bias_i = out.items[:, columns], out.role_bias[:, count + first : count + last]
        if items is not None:
            pool = pooling(items, size)
            values, bias_i = pool @ values, pool @ bias_i
        i = values.reshape(len(values), last - first, width).transpose(1, 2, 0)
        starts = np.array([s for s, _ in items], dtype=np.int64) if items is not None else np.arange(size)
        here = np.array([s for s, _ in anchors], dtype=np.int64)
        near = self.distances[first:last][:, bucket(starts[None, :] - here[:, None])]
        scores = a @ i / np.float32(np.sqrt(width)) + bias_a + bias_i.T[:, None, :] + near
        return dict(zip(roles, scores.astype(np.float32, copy=False), strict=True))

    def relation_scores(self, out: Outputs, pairs: Sequence[tuple[Tokens, Tokens]], within: Sequence[Tokens]) -> Floats:
        """Logits [pairs, relations then modes] of the act between two spans of the stretch ``within``."""
        width = out.relations.shape[1] // 3
        parts = [pooling(spans, len(out.relations)) @ out.relations[:, n * width : (n + 1) * width]
                 for n, spans in enumerate(([p[0] for p in pairs], [p[1] for p in pairs], within))]  # fmt: skip
        return np.asarray(gelu(parts[0] + parts[1] + parts[2]) @ self.relation_out + self.relation_bias, dtype=np.float32)


def relation_probabilities(logits: Floats) -> Floats:
    return softmax(logits[:, : len(RELATIONS)])


def from_arrays(arrays: Mapping[str, npt.NDArray[np.float32]]) -> HeadWeights:
    return HeadWeights(arrays["distances"], arrays["relation_out"], arrays["relation_bias"])
