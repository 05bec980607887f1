"""What `kg` does, whole: each command is one call of a function here.

Invariant: this is the only package that knows every stage; stages hand each other records and never call each other.
"""

from __future__ import annotations

from kg.pipeline.build import BuildOptions, BuildReport, build
from kg.pipeline.conflicts import conflicts
from kg.pipeline.coverage import coverage
from kg.pipeline.extracting import extract
from kg.pipeline.influential import citations, main_path
from kg.pipeline.inspecting import explain, neighbourhood, statistics
from kg.pipeline.outputs import export, graph, query
from kg.pipeline.publishing import PushReport, push

__all__ = [
    "BuildOptions",
    "BuildReport",
    "PushReport",
    "build",
    "citations",
    "conflicts",
    "coverage",
    "explain",
    "export",
    "extract",
    "graph",
    "main_path",
    "neighbourhood",
    "push",
    "query",
    "statistics",
]
