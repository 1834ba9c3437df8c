"""The direction of imports: each part of the package imports only from those before it, and no stage another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import detente

ROOT = Path(detente.__file__).parent
ORDER = (
    "errors",
    "identity",
    "ontology",
    "document",
    "knowledge",
    "model",
    "reading",
    "coding",
    "record",
    "lake",
    "ingest",
    "collapse",
    "analysis",
    "export",
    "server",
    "commands",
    "knowledge_commands",
    "analysis_commands",
    "ingest_commands",
    "lake_commands",
    "cli",
)
# a notebook asks the Doc itself for its picture, and the lake for a series
ALLOWED = {("document", "export"), ("lake", "analysis")}
# what a stage may take from its neighbours
SHARED = {"sentences", "reference", "quotations", "description", "binding", "context", "standing", "sectors", "titles", "days", "spells"}


def imports(path: Path) -> set[str]:
    """Modules of detente that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("detente"):
            found |= {f"detente.{a.name}" for a in node.names} if node.module == "detente" else {node.module}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.startswith("detente")}
    return found


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


FILES = [p for p in sorted(ROOT.rglob("*.py")) if p != ROOT / "__init__.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_downward(path: Path) -> None:
    own = part(path)
    for module in imports(path):
        other = module.split(".")[1] if "." in module else "__init__"
        if other == own or (own, other) in ALLOWED:
            continue
        assert other in ORDER, f"{path} imports {module}: import from the part, not from the package"
        assert ORDER.index(other) < ORDER.index(own), f"{path} imports {module}, which stands above it"


@pytest.mark.parametrize("path", sorted((ROOT / "coding").glob("*.py")), ids=lambda p: p.name)
def test_no_stage_imports_another(path: Path) -> None:
    if path.name in ("coder.py", "__init__.py"):
        return
    for module in imports(path):
        if module.startswith("detente.coding."):
            assert module.split(".")[2] in SHARED, f"{path.name} imports the stage {module}; only coder.py knows the order"


def test_every_part_has_its_place() -> None:
    assert {part(p) for p in FILES} <= set(ORDER)


def test_files_stay_short() -> None:
    folders = (ROOT, *(ROOT.parent.parent / name for name in ("training", "evaluation", "benchmarks", "tools", "tests")))
    long = [str(p) for folder in folders for p in folder.rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 400]
    assert long == []


def test_exported_names_are_sorted_and_whole() -> None:
    assert sorted(detente.__all__) == detente.__all__
    public = {
        name for name, value in vars(detente).items() if not name.startswith("_") and getattr(value, "__module__", "").startswith("detente")
    }
    assert public | {"__version__"} == set(detente.__all__)
