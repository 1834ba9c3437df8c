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


def log_sigmoid(x: Floats) -> Floats:
    return np.asarray(-np.logaddexp(0, -x), dtype=np.float32)


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


def means(values: Floats, spans: Sequence[Tokens]) -> Floats:
    """Mean of ``values`` [T, K] over each span: [S, K]."""
    if not spans:
        return np.zeros((0, values.shape[1]), dtype=np.float32)
    return np.stack([values[a:b].mean(axis=0) for a, b in spans])


@dataclass(frozen=True)
class HeadWeights:
    """Weights of the pair heads: distances [R, DISTANCES], relation_out [W, C] with bias [C]."""

    distances: Floats
    relation_out: Floats
    relation_bias: Floats

    def role_scores(self, out: Outputs, role: str, anchors: Sequence[Tokens], items: Sequence[Tokens]) -> Floats:
        """Logits [anchors, items] of one role."""
        r, width = ROLES.index(role), out.anchors.shape[1] // len(ROLES)
        part = slice(r * width, (r + 1) * width)
        a, i = means(out.anchors[:, part], anchors), means(out.items[:, part], items)
        bias_a = means(out.role_bias[:, r : r + 1], anchors)
        bias_i = means(out.role_bias[:, len(ROLES) + r : len(ROLES) + r + 1], items)
        starts = np.array([s for s, _ in items], dtype=np.int64)[None, :]
        here = np.array([s for s, _ in anchors], dtype=np.int64)[:, None]
        near = self.distances[r][bucket(starts - here)] if len(items) and len(anchors) else np.zeros((len(anchors), len(items)))
        return np.asarray(a @ i.T / np.sqrt(width) + bias_a + bias_i.T + near, dtype=np.float32)

    def relation_scores(self, out: Outputs, pairs: Sequence[tuple[Tokens, Tokens]], within: Sequence[Tokens]) -> Floats:
        """Logits [pairs, relations then modes] of the act between two spans of the stretch ``within``."""
        width = out.relations.shape[1] // 3
        parts = [means(out.relations[:, n * width : (n + 1) * width], spans)
                 for n, spans in enumerate(([p[0] for p in pairs], [p[1] for p in pairs], within))]  # fmt: skip
        return np.asarray(gelu(parts[0] + parts[1] + parts[2]) @ self.relation_out + self.relation_bias, dtype=np.float32)


def relation_probabilities(logits: Floats) -> Floats:
    return softmax(logits[:, : len(RELATIONS)])


def from_arrays(arrays: Mapping[str, npt.NDArray[np.float32]]) -> HeadWeights:
    return HeadWeights(arrays["distances"], arrays["relation_out"], arrays["relation_bias"])
