"""Keeps a lake small and quick without changing what it says: many small files become few, old versions are let go."""

from __future__ import annotations

from typing import NamedTuple

from detente.errors import InputError
from detente.lake.store import BROKEN, Lake
from detente.record.schemas import SCHEMAS


class Kept(NamedTuple):
    """Files of a table that were merged or deleted, and those that were written for them."""

    table: str
    gone: int
    made: int


def compact(lake: Lake) -> list[Kept]:
    """Merges the small files of each table; the old ones stay for readers of earlier versions until a vacuum.

    Runs beside other writers.  Raises LakeError where the lake can't be read or written.
    """
    found = []
    for name in SCHEMAS:
        table = lake._open(name)
        if table is not None:
            try:
                told = table.optimize.compact()
            except BROKEN as error:
                raise lake._unwritable(error) from error
            found.append(Kept(name, int(told["numFilesRemoved"]), int(told["numFilesAdded"])))
    return found


def vacuum(lake: Lake, *, keep_days: int) -> list[Kept]:
    """Deletes files that no version of the last ``keep_days`` days needs: versions since then can still be read.

    With 0 only the present version stays; what a broken-off run left behind is then kept, as it looks like what another
    writer is about to commit.  Raises InputError for less than 0.
    """
    if keep_days < 0:
        raise InputError(f"keep-days {keep_days} is no number of days; write 0 or more")
    found = []
    for name in SCHEMAS:
        table = lake._open(name)
        if table is not None:
            try:
                hours, full = 24 * keep_days, keep_days > 0
                gone = table.vacuum(retention_hours=hours, dry_run=False, enforce_retention_duration=False, full=full)
            except BROKEN as error:
                raise lake._unwritable(error) from error
            found.append(Kept(name, len(gone), 0))
    return found
