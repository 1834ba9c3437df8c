"""Everything that can go wrong, split by what the caller should do.

DetenteError
├── Rejected             skip this article, keep the reason
│   ├── Unreadable           not text, empty, broken page
│   ├── WrongLanguage        no English
│   └── TooLarge             beyond the limits of reading
├── InputError           this input can't be used; the message names the value and the remedy
│   ├── NoInput              nothing readable behind a path
│   ├── BadRow               a line of a table or JSON file; its number is named
│   └── BadSpan              offsets outside the text
└── SetupError           stop the run
    ├── ModelError           weights are missing, damaged or of another label list
    ├── KnowledgeError       a table is broken
    └── LakeError            the lake can't be opened or written
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of all errors that detente raises on purpose."""


class Rejected(DetenteError):
    """This article is skipped; ``reason`` is a short name that the record keeps."""

    reason = "rejected"

    def __init__(self, message: str, *, reason: str | None = None):
        super().__init__(message)
        self.reason = reason or self.reason


class Unreadable(Rejected):
    reason = "unreadable"


class WrongLanguage(Rejected):
    reason = "language"


class TooLarge(Rejected):
    reason = "too_large"


class InputError(DetenteError):
    """An input can't be used; the others can."""


class NoInput(InputError):
    pass


class BadRow(InputError):
    pass


class BadSpan(InputError):
    pass


class SetupError(DetenteError):
    """The run can't go on."""


class ModelError(SetupError):
    pass


class KnowledgeError(SetupError):
    pass


class LakeError(SetupError):
    pass
