"""Scores of a network in training: it marks the units, and the marks are compared with the corpus."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from detente.document import Marks
from detente.model.decode import Thresholds, decode_all
from detente.model.heads import HeadWeights, Outputs
from detente.model.tokens import Splitter, Window, windows
from training.network import Network
from training.scores import score
from training.sheets import Unit
from training.targets import unit_sentences


def head_weights(net: Network) -> HeadWeights:
    linear = net.relation_out
    return HeadWeights(net.distances.detach().numpy(), linear.weight.detach().numpy().T.copy(), linear.bias.detach().numpy())


def outputs(net: Network, window: Window) -> Outputs:
    ids, shapes = torch.from_numpy(window.pieces.ids)[None], torch.from_numpy(window.pieces.shapes)[None]
    with torch.inference_mode():
        out = net(net.embed(ids, shapes), torch.ones_like(ids))
    return Outputs(**{k: v[0].float().numpy() for k, v in out.items()})


def unit_marks(net: Network, splitter: Splitter, unit: Unit, limits: Thresholds, weights: HeadWeights) -> Marks:
    spans, owners = unit_sentences(unit)
    encoded = ((w, outputs(net, w)) for w in windows(splitter, unit.text, spans, owners))
    return decode_all(weights, limits, unit.text, encoded)


def measure(net: Network, splitter: Splitter, units: Sequence[Unit], limits: Thresholds | None = None) -> dict[str, float]:
    net.eval()
    weights = head_weights(net)
    pairs = [(u, unit_marks(net, splitter, u, limits or Thresholds(), weights)) for u in units]
    net.train()
    return score(pairs)
