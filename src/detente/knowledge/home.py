"""Where a user's own knowledge lies: one folder of CSV tables beside ours, outside the package."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def user_folder(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """``$DETENTE_HOME/knowledge``, or that folder in the platform's place for a user's data (the same that platformdirs names)."""
    given = os.environ if environment is None else environment
    return data_home(given, platform) / "knowledge"


def data_home(given: Mapping[str, str], platform: str) -> Path:
    if given.get("DETENTE_HOME"):
        return Path(given["DETENTE_HOME"]).expanduser()
    home = Path(given.get("HOME") or given.get("USERPROFILE") or "~").expanduser()
    if platform == "win32":
        return Path(given.get("LOCALAPPDATA") or home / "AppData" / "Local") / "detente"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "detente"
    return Path(given.get("XDG_DATA_HOME") or home / ".local" / "share") / "detente"
