"""Fetching records from the APIs that give them: OpenAlex, arXiv, Semantic Scholar.

A service is a module of pure functions: what to ask at a position, and what an answer holds and which position comes next. Sessions,
waiting and the file are the same for all. Invariant: what is written are the service's own records, in the order of its answers, and
a fetch that was stopped anywhere and run again writes the bytes of one that was not. A key comes from the environment, travels
in a header alone, and stands in no message, address or file.
"""

from __future__ import annotations

NAMES = ("arxiv", "openalex", "semanticscholar")
