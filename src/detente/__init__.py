"""detente reads news about world affairs and keeps an auditable record of who did what to whom, and who said so."""

from detente.coding.coder import Coder, CoderSpec
from detente.document import Actor, Article, Doc, Event, Place, Span, Statement, Time
from detente.errors import DetenteError

__version__ = "0.1.0"

__all__ = [
    "Actor", "Article", "Coder", "CoderSpec", "DetenteError", "Doc", "Event", "Place", "Span", "Statement", "Time", "__version__",
]  # fmt: skip
