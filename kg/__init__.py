"""`kg` reads paper records, finds the methods, datasets, tasks and metrics that they speak of, and builds one knowledge graph.

`kg.build(paths, graph=dir)` does from Python what `kg build` does; `kg.graph(dir)` gives the graph as a networkx MultiDiGraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline.build import build as build
    from kg.pipeline.outputs import graph as graph

__version__ = "0.1.0"
__all__ = ["__version__", "build", "graph"]


def __getattr__(name: str) -> Any:  # the pipeline is imported on first use, so that `import kg` stays cheap
    if name in ("build", "graph"):
        from kg import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
