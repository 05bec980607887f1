"""What can go wrong, as one small tree of exceptions.

Invariant: `str(error)` is one line that a user can act on: it names the place and the remedy and holds no secret.
One place (`kg.cli`) turns a `KgError` into exit code 1 and that line on stderr.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that is the user's to fix."""


class ConfigError(KgError):
    """A setting is missing, contradictory or of the wrong form."""


class InputError(KgError):
    """A file cannot be read at all; `file` names it, `line` (1-based) where known."""

    def __init__(self, reason: str, *, file: str, line: int | None = None) -> None:
        self.reason, self.file, self.line = reason, file, line
        super().__init__(f"{file}:{line}: {reason}" if line else f"{file}: {reason}")


class RecordError(InputError):
    """One record is bad: it goes to the rejects file and the run goes on (unless `--strict`)."""


class MissingExtra(KgError):
    """A capability needs a package that is not installed."""

    def __init__(self, capability: str, *, extra: str) -> None:
        self.extra = extra
        super().__init__(f'{capability} needs the extra "{extra}": pip install "kg[{extra}]"')


class StoreError(KgError):
    """A graph store refused; `statement` is what was asked of it, without any parameter values."""

    def __init__(self, reason: str, *, statement: str | None = None) -> None:
        self.reason, self.statement = reason, statement
        super().__init__(reason)
