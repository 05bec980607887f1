"""What the graph as a whole says: pure functions over ids, years and weights, none of which knows where they came from."""

from __future__ import annotations

from kg.analysis.centrality import communities, pagerank
from kg.analysis.citations import Match, TitleIndex
from kg.analysis.cooccurrence import co_occurrence
from kg.analysis.influence import citation_pagerank, co_citation, coupling, in_corpus_citations
from kg.analysis.lineage import builds_on, first_years, introduced_by
from kg.analysis.main_path import Step, main_path
from kg.analysis.taxonomy import is_a

__all__ = [
    "Match",
    "Step",
    "TitleIndex",
    "builds_on",
    "citation_pagerank",
    "co_citation",
    "co_occurrence",
    "communities",
    "coupling",
    "first_years",
    "in_corpus_citations",
    "introduced_by",
    "is_a",
    "main_path",
    "pagerank",
]
