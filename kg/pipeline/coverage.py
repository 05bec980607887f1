"""What each input gave: records, papers, how much they say, where their references lead, and what was rejected and why.

Invariant: counts are of records as read, before folding; the ledger is asked and never changed.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.assembly import OUTCOMES, UNMATCHED, Citations
from kg.config import graph_dir
from kg.ledger import Ledger, derived, facts, folding
from kg.models import Paper
from kg.pipeline.citing import Catalogue, citations_of

_QUOTED = re.compile(r"`kg [^`]*`|'[^']*'|\"[^\"]*\"|`[^`]*`|“[^”]*”|\([^()]*\d[^()]*\)")  # a command and advice in brackets are part of the remedy
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class _Tally:
    """What one input gave."""

    reader: str
    counts: Counter[str] = field(default_factory=Counter)
    papers: set[str] = field(default_factory=set)
    references: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, record: Paper, paper_id: str, citations: Citations) -> None:
        self.papers.add(paper_id)
        said = {"records": True, "abstract": record.abstract, "year": record.year, "references": record.references}
        self.counts.update(name for name, value in said.items() if value)
        for reference in record.references:
            cited = citations.find(reference)
            if cited is None or cited.target != paper_id:
                self.references[cited.outcome if cited else UNMATCHED] += 1

    def as_json(self) -> dict[str, Any]:
        """The row: `with_…` count records, `references` count cited works."""
        return {
            "records": self.counts["records"], "papers": len(self.papers), "with_abstract": self.counts["abstract"], "with_year": self.counts["year"],
            "with_references": self.counts["references"], "references": {outcome: self.references[outcome] for outcome in OUTCOMES},
            "rejected": self.reasons.total(), "reasons": dict(sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))),
        }  # fmt: skip


def coverage(*, graph: str | Path | None = None) -> dict[str, Any]:
    """One entry an input (`inputs`, by path) and the sum (`total`): `records` and the `papers` they are of, records `with_abstract`, `with_year`
    and `with_references`, `references` by where they lead, `rejected` and the `reasons`, counted with what is particular left out."""
    with Ledger.open(Path(graph) if graph else graph_dir()) as ledger:
        tallies = {path: _Tally(reader.partition("/")[0]) for path, (_, reader) in sorted(facts.inputs(ledger.db).items())}
        whole = _Tally("")
        citations = _citations(ledger.db)
        for paper_id, records in folding.members(ledger.db):
            for path, record in records:
                for tally in (tallies[path], whole):
                    tally.add(record, paper_id, citations)
        for path, reject in facts.rejects_of(ledger.db):
            for tally in (tallies[path], whole):
                tally.reasons[_reason(reject.reason)] += 1
    inputs = [{"input": path, "reader": tally.reader, **tally.as_json()} for path, tally in tallies.items()]
    return {"inputs": inputs, "total": {"inputs": len(inputs), **whole.as_json()}}


def _citations(db: sqlite3.Connection) -> Citations:
    catalogue = Catalogue(derived.meta(db, "match_titles") != "no")
    for paper, _ in derived.papers(db):
        catalogue.add(paper)
    return citations_of(db, catalogue)


def _reason(text: str) -> str:
    """The reason without what is particular to one record: quoted text, brackets that hold a number, and numbers."""
    return " ".join(_NUMBER.sub("N", _QUOTED.sub(lambda match: match[0] if match[0].startswith("`kg ") else "…", text)).split())
