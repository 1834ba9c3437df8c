"""The multi-task network: one encoder, and heads that are linear in their last step.

Every head gives values a token; a span's value is the mean over its tokens.  So one pass over a window serves all
spans, triggers and pairs in it, and the exported graph needs no second stage.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from detente.model.labels import ACT_SIZE, DISTANCES, MENTION_SIZE, RELATION_SIZE, ROLES, TAG_SIZE
from detente.model.tokens import SHAPES

ROLE_WIDTH = 48
RELATION_WIDTH = 256


class Perceptron(nn.Module):
    def __init__(self, size: int, hidden: int, out: int, dropout: float):
        super().__init__()
        self.inner, self.outer, self.dropout = nn.Linear(size, hidden), nn.Linear(hidden, out), nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.outer(self.dropout(nn.functional.gelu(self.inner(x))))


class Network(nn.Module):
    """``encoder`` is a BertModel or MPNetModel of transformers without pooler."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.1):
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.shapes = nn.Embedding(len(SHAPES), size)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(dropout)
        self.tags = Perceptron(size, 256, TAG_SIZE, dropout)
        self.acts = Perceptron(size, 256, ACT_SIZE, dropout)
        self.mentions = Perceptron(size, 128, MENTION_SIZE, dropout)
        self.anchors = Perceptron(size, 256, len(ROLES) * ROLE_WIDTH, dropout)
        self.items = Perceptron(size, 256, len(ROLES) * ROLE_WIDTH, dropout)
        self.role_bias = nn.Linear(size, 2 * len(ROLES))
        self.distances = nn.Parameter(torch.zeros(len(ROLES), DISTANCES))
        self.relation_in = nn.Linear(size, 3 * RELATION_WIDTH)
        self.relation_out = nn.Linear(RELATION_WIDTH, RELATION_SIZE)

    def embed(self, ids: Tensor, shapes: Tensor) -> Tensor:
        return self.encoder.embeddings.word_embeddings(ids) + self.shapes(shapes)

    def forward(self, embedded: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """embedded [B, T, H] and mask [B, T] to token values [B, T, …] by head."""
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        h = self.dropout(hidden)
        return {
            "tags": self.tags(h), "acts": self.acts(h), "mentions": self.mentions(h), "anchors": self.anchors(h),
            "items": self.items(h), "role_bias": self.role_bias(h), "relations": self.relation_in(h),
        }  # fmt: skip


def base_encoder(folder: Path) -> nn.Module:
    """The encoder whose config.json, model.safetensors and tokenizer.json lie in ``folder``."""
    from transformers import AutoConfig, AutoModel

    config: Any = AutoConfig.from_pretrained(folder)
    config._attn_implementation = "eager"
    config.attention_probs_dropout_prob = 0.0  # costs a tenth of a step and gains nothing that we saw
    return AutoModel.from_pretrained(folder, config=config, add_pooling_layer=False, dtype=torch.float32)  # type: ignore[no-any-return]
