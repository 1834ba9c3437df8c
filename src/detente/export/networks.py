"""Who acts on whom, country by country, as a directed graph for Gephi and others: GEXF 1.2 and GraphML.

An edge is a dyad as the lake counts it, with events by quad class and mean intensity.  Formats: gexf.net (1.2draft),
graphml.graphdrawing.org.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from detente.export.countries import country_name
from detente.export.sources import Tables, done
from detente.lake.dyads import count_dyads

GEXF = "http://www.gexf.net/1.2draft"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
FIELDS = {"events": "int", "verbal_cooperation": "int", "material_cooperation": "int", "verbal_conflict": "int", "material_conflict": "int",
          "intensity": "double"}  # fmt: skip


class Edge(NamedTuple):
    source: str
    target: str
    values: dict[str, int | float]


class Network(NamedTuple):
    """Countries by code with their names, and the dyads between them; both in alphabetical order."""

    nodes: dict[str, str]
    edges: list[Edge]


def network(tables: Tables) -> Network:
    found = sorted(count_dyads(e for e in done(tables) if e["quad"] is not None and e["intensity"] is not None))
    edges = [Edge(d.actor, d.recipient, dict(zip(FIELDS, (d.events, *d.quads, d.intensity), strict=True))) for d in found]
    codes = sorted({code for e in edges for code in (e.source, e.target)})
    return Network({code: country_name(code) or code for code in codes}, edges)


def write_gexf(tables: Tables, path: Path) -> int:
    """The number of edges written; an edge's weight is its number of events."""
    nodes, edges = network(tables)
    root = ElementTree.Element("gexf", {"xmlns": GEXF, "version": "1.2"})
    graph = ElementTree.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    fields = ElementTree.SubElement(graph, "attributes", {"class": "edge", "mode": "static"})
    for name, kind in FIELDS.items():
        ElementTree.SubElement(fields, "attribute", {"id": name, "title": name, "type": "integer" if kind == "int" else kind})
    group = ElementTree.SubElement(graph, "nodes")
    for code, label in nodes.items():
        ElementTree.SubElement(group, "node", {"id": code, "label": label})
    group = ElementTree.SubElement(graph, "edges")
    for n, edge in enumerate(edges):
        weight = str(edge.values["events"])
        line = ElementTree.SubElement(group, "edge", {"id": str(n), "source": edge.source, "target": edge.target, "weight": weight})
        values = ElementTree.SubElement(line, "attvalues")
        for name, value in edge.values.items():
            ElementTree.SubElement(values, "attvalue", {"for": name, "value": str(value)})
    return save(root, path, len(edges))


def write_graphml(tables: Tables, path: Path) -> int:
    """The number of edges written."""
    nodes, edges = network(tables)
    root = ElementTree.Element("graphml", {"xmlns": GRAPHML})
    ElementTree.SubElement(root, "key", {"id": "label", "for": "node", "attr.name": "label", "attr.type": "string"})
    for name, kind in FIELDS.items():
        ElementTree.SubElement(root, "key", {"id": name, "for": "edge", "attr.name": name, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", {"id": "dyads", "edgedefault": "directed"})
    for code, label in nodes.items():
        data(ElementTree.SubElement(graph, "node", {"id": code}), {"label": label})
    for edge in edges:
        data(ElementTree.SubElement(graph, "edge", {"source": edge.source, "target": edge.target}), edge.values)
    return save(root, path, len(edges))


def data(element: ElementTree.Element, values: dict[str, str] | dict[str, int | float]) -> None:
    for name, value in values.items():
        ElementTree.SubElement(element, "data", {"key": name}).text = str(value)


def save(root: ElementTree.Element, path: Path, count: int) -> int:
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return count
