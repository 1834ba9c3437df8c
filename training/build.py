"""From the base packages to the weights that ship: train, export, calibrate, write the card.

    python -m training.build fast|accurate --bases FOLDER [--work FOLDER]

``fast`` learns from ``accurate`` where that was built before in the same work folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training.check import ROOT

SHIPPED = {"fast": ROOT / "src" / "detente" / "model" / "weights", "accurate": ROOT / "models" / "accurate" / "detente_accurate"}


def call(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True, cwd=ROOT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=list(SHIPPED))
    parser.add_argument("--bases", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "networks")
    given = parser.parse_args()
    network, shipped = given.work / given.size, SHIPPED[given.size]
    teacher = given.work / "accurate"
    extra = ["--teacher", teacher] if given.size == "fast" and (teacher / "network.pt").exists() else []
    call("train", given.size, "--bases", given.bases, "--out", network, *extra)
    call("export", given.size, "--bases", given.bases, "--network", network, "--out", shipped)
    call("calibrate", shipped)
    call("card", shipped)


if __name__ == "__main__":
    main()
