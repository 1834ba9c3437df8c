"""A trained network to the files that ship: int8 ONNX graph, tables, tokenizer and card with hashes.

python -m training.export fast|accurate --bases FOLDER --network FOLDER --out FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from detente.model.labels import label_hash
from detente.model.runtime import FILES, OUTPUTS
from training.measure import head_weights
from training.network import Network
from training.train import load_start

BASES = {"fast": "MiniLM-L6-v2 (22 M, Apache-2.0)", "accurate": "MPNet-base (110 M, Apache-2.0)"}


class Served(nn.Module):
    """One window at a time: embedded [1, T, H] to the token values in the order of ``OUTPUTS``."""

    def __init__(self, net: Network):
        super().__init__()
        self.net = net

    def forward(self, embedded: Tensor) -> tuple[Tensor, ...]:
        out = self.net(embedded, torch.ones(embedded.shape[:2], dtype=torch.int64))
        return tuple(out[name][0] for name in OUTPUTS)


def int8_rows(table: np.ndarray) -> dict[str, np.ndarray]:
    """Rows of a table as int8 with a scale a row."""
    scale = np.abs(table).max(axis=1, keepdims=True).clip(1e-8) / 127
    return {"embeddings": np.round(table / scale).astype(np.int8), "scales": scale.astype(np.float32)[:, 0]}


def export_graph(net: Network, path: Path) -> None:
    net.eval()
    served = Served(net).eval()
    sample = torch.randn(1, 40, net.encoder.config.hidden_size)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            served, (sample,), str(plain), input_names=["embedded"], output_names=list(OUTPUTS),
            dynamic_shapes={"embedded": {1: torch.export.Dim("tokens", min=2, max=500)}}, dynamo=True, external_data=False,
        )  # fmt: skip
        quantize_dynamic(
            plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"DefaultTensorType": 1},
        )  # fmt: skip


def strip_notes(path: Path) -> None:
    """Takes the exporter's notes out of a graph: they hold the paths of the machine that made it."""
    model = onnx.load(str(path))
    nodes = [*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]
    nodes += [n for f in model.functions for n in f.node]
    for part in (model, model.graph, *model.functions, *nodes):
        part.doc_string = ""
        del part.metadata_props[:]
    onnx.save(model, str(path))


def export(net: Network, base: Path, out: Path, card: dict[str, Any]) -> None:
    """Writes all files of ``FILES``; the card names their hashes and the label list's."""
    out.mkdir(parents=True, exist_ok=True)
    export_graph(net, out / "model.onnx")
    strip_notes(out / "model.onnx")
    weights = head_weights(net)
    table = net.encoder.embeddings.word_embeddings.weight.detach().numpy()
    arrays = {**int8_rows(table), "shapes": net.shapes.weight.detach().numpy().astype(np.float32), "distances": weights.distances,
              "relation_out": weights.relation_out, "relation_bias": weights.relation_bias}  # fmt: skip
    np.savez_compressed(out / "tables.npz", **arrays)
    (out / "tokenizer.json").write_text((base / "tokenizer.json").read_text(encoding="utf-8"), encoding="utf-8")
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    (out / "card.json").write_text(json.dumps({"labels": label_hash(), "sha256": hashes, **card}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=["fast", "accurate"])
    for name in ("bases", "network", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    export(
        load_start(given.bases / given.size, given.network),
        given.bases / given.size,
        given.out,
        {"size": given.size, "base": BASES[given.size], "corpus": (given.network / "corpus.txt").read_text(encoding="utf-8").strip()},
    )


if __name__ == "__main__":
    main()
