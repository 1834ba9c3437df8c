"""Writes the requirement files: names, versions and hashes, no address.

python -m tools.lock            needs uv on the path or in the environment
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
OPTIONS = ["--quiet", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url", "--python-version", "3.11", "--universal"]


def compile_file(out: str, *extra: str) -> None:
    sources = [str(FOLDER.parent / "pyproject.toml"), str(FOLDER / "build.in")]
    subprocess.run([sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *extra, "-o", str(FOLDER / out), *sources], check=True)


def main() -> None:
    compile_file("run.txt")
    compile_file("dev.txt", "--extra", "dev", "--constraints", str(FOLDER / "run.txt"))


if __name__ == "__main__":
    main()
