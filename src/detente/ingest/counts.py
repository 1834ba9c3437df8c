"""How many inputs ended how: inputs = coded + no event + rejected + already there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

ENDS = ("coded", "no_event", "rejected", "there")


@dataclass
class Counts:
    """``read`` counts inputs as they are met, ``ends`` as the lake keeps what became of them."""

    read: int = 0
    ends: Counter[str] = field(default_factory=Counter)

    @property
    def ended(self) -> int:
        return sum(self.ends[name] for name in ENDS)

    @property
    def open(self) -> int:
        return self.read - self.ended

    def words(self) -> str:
        e = self.ends
        told = f"{e['coded']:,} coded + {e['no_event']:,} no event + {e['rejected']:,} rejected + {e['there']:,} already there"
        rest = f"; {self.open:,} more were read and not coded: run again to take them" if self.open else ""
        return f"{self.ended:,} inputs = {told}{rest}"
