"""What the graph as a whole says: pure functions over ids, years and weights, none of which knows where they came from."""

from __future__ import annotations

from kg.analysis.centrality import communities, pagerank
from kg.analysis.cooccurrence import co_occurrence
from kg.analysis.lineage import builds_on, first_years, introduced_by
from kg.analysis.taxonomy import is_a

__all__ = ["builds_on", "co_occurrence", "communities", "first_years", "introduced_by", "is_a", "pagerank"]
