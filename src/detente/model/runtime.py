"""A model as it ships: int8 ONNX run by onnxruntime, one window at a time, so that no batch changes a result."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.document import Marks, Span
from detente.errors import ModelError
from detente.model.decode import Thresholds, decode_all
from detente.model.heads import HeadWeights, Outputs, from_arrays
from detente.model.labels import label_hash
from detente.model.tokens import Splitter, Window, windows

FILES = ("model.onnx", "tables.npz", "tokenizer.json")
OUTPUTS = tuple(f.name for f in fields(Outputs))
SIZES = ("accurate", "fast")


def model_folder(size: str) -> Path:
    """Where the weights of a size lie: ``fast`` in the package, ``accurate`` in the distribution of its own."""
    if size == "fast":
        return Path(__file__).parent / "weights"
    if size == "accurate":
        found = importlib.util.find_spec("detente_accurate")
        if found is None or not found.submodule_search_locations:
            raise ModelError("the model 'accurate' is not installed; install detente[accurate], or choose model='fast'")
        return Path(next(iter(found.submodule_search_locations)))
    raise ModelError(f"model {size!r} is unknown; choose one of {', '.join(SIZES)}")


def installed(size: str) -> bool:
    try:
        return (model_folder(size) / "card.json").exists()
    except ModelError:
        return False


def default_size() -> str:
    """``accurate`` where it is installed, else ``fast``."""
    return "accurate" if installed("accurate") else "fast"


def read_card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no model card in {folder}: {error}; install the weights again") from error
    if card.get("labels") != label_hash():
        raise ModelError(f"the weights in {folder} know other labels ({card.get('labels')}) than this version ({label_hash()})")
    for name in FILES:
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        if found != card["sha256"][name]:
            raise ModelError(f"{path} is damaged or changed (sha256 {found[:12]}…); install the weights again")
    return card


def card_thresholds(card: Mapping[str, Any]) -> Thresholds:
    known = {f.name for f in fields(Thresholds)}
    return Thresholds(**{k: v for k, v in card.get("thresholds", {}).items() if k in known})


def weights_hash(card: Mapping[str, Any], thresholds: Thresholds) -> str:
    return hashlib.sha256(json.dumps([card["sha256"], asdict(thresholds)], sort_keys=True).encode()).hexdigest()[:16]


def card_hash(card: Mapping[str, Any]) -> str:
    """The hash of the model that a card describes, as its codings carry it."""
    return weights_hash(card, card_thresholds(card))


class Model:
    """Marks sentences; made from the folder of its weights, whose hashes and labels are checked."""

    def __init__(self, folder: Path, *, threads: int = 1):
        import onnxruntime

        self.card = read_card(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        with np.load(folder / "tables.npz", allow_pickle=False) as arrays:
            self._embeddings, self._scales = arrays["embeddings"], arrays["scales"]
            self._shapes: npt.NDArray[np.float32] = arrays["shapes"]
            self.heads: HeadWeights = from_arrays(arrays)
        self.splitter = Splitter((folder / "tokenizer.json").read_text(encoding="utf-8"))
        self.thresholds = card_thresholds(self.card)

    @property
    def hash(self) -> str:
        """Changes with any byte of the weights and with the thresholds."""
        return weights_hash(self.card, self.thresholds)

    def outputs(self, window: Window) -> Outputs:
        ids = window.pieces.ids
        embedded = self._embeddings[ids].astype(np.float32) * self._scales[ids][:, None] + self._shapes[window.pieces.shapes]
        return Outputs(*self._session.run(list(OUTPUTS), {"embedded": embedded[None]}))

    def marks(self, text: str, sentences: Sequence[Span], paragraphs: Sequence[int]) -> Marks:
        """Marks of a text whose sentences and their paragraph numbers are given, in text order."""
        encoded = ((w, self.outputs(w)) for w in windows(self.splitter, text, sentences, paragraphs))
        return decode_all(self.heads, self.thresholds, text, encoded)
