"""From inputs to articles: each input gives an ``Article`` or a ``Reject`` that says why not; nothing is lost."""

from __future__ import annotations

from detente.reading.inputs import read
from detente.reading.language import check_language
from detente.reading.limits import Limits
from detente.reading.rejects import Reject

__all__ = ["Limits", "Reject", "check_language", "read"]
