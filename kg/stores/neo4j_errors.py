"""What the Neo4j driver raises, as one line that says what to do.

Invariant: no message holds the password, and none is longer than a line.
"""

from __future__ import annotations

import re

from kg.config import Neo4jSettings
from kg.errors import StoreError
from kg.stores.values import one_line

MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"

_BY_CODE = {
    "Neo.ClientError.Security.Unauthorized": "Neo4j at {uri} refused user {user}: check NEO4J_USERNAME and NEO4J_PASSWORD",
    "Neo.ClientError.Security.AuthenticationRateLimit": "Neo4j at {uri} saw too many wrong passwords: wait some seconds, check NEO4J_PASSWORD",
    "Neo.ClientError.Security.CredentialsExpired": "Neo4j at {uri} still has its first password: set your own in Neo4j Browser "
    "(or ALTER CURRENT USER SET PASSWORD), then set NEO4J_PASSWORD",
    "Neo.ClientError.Database.DatabaseNotFound": 'Neo4j at {uri} has no database "{database}": check NEO4J_DATABASE',
    "Neo.ClientError.Statement.AccessMode": "a query only reads: writing is left to kg push",
    "Neo.ClientError.Schema.ConstraintValidationFailed": "the database holds a node that kg did not publish under the same label and id: "
    "use another database ({detail})",
    "Neo.ClientError.Schema.ConstraintCreationFailed": "the database holds nodes that break a constraint: use another database ({detail})",
    "Neo.ClientError.Schema.IndexAlreadyExists": "the database has an index where kg needs a constraint: drop it or use another database ({detail})",
    MEMORY: "Neo4j ran out of transaction memory: raise dbms.memory.transaction.total.max or the heap",
    "Neo.DatabaseError.Statement.ExecutionFailed": "Neo4j failed: {detail}",
}
_TLS = re.compile(r"ssl|tls|certificate|encrypt", re.IGNORECASE)


def address(settings: Neo4jSettings) -> str:
    """The server's URI without whatever secret was written into it."""
    return re.sub(r"//[^/@]*@", "//", settings.uri)


def store_error(error: Exception, settings: Neo4jSettings, *, statement: str | None = None) -> StoreError:
    """`error`, raised by the driver, as a StoreError whose text is one line with the remedy."""
    from neo4j import exceptions

    code = getattr(error, "code", None) or ""
    detail = one_line(str(getattr(error, "message", None) or error))
    detail = detail.replace(settings.password, "***") if settings.password else detail
    if code in _BY_CODE:
        reason = _BY_CODE[code].format(uri=address(settings), user=f'"{settings.username}"', database=settings.database, detail=detail)
    elif isinstance(error, exceptions.ServiceUnavailable | exceptions.SessionExpired):
        reason = _unreachable(error, settings)
    elif isinstance(error, exceptions.UnsupportedServerProduct):
        reason = f"the server at {address(settings)} is not a Neo4j 5 or later: {detail}"
    elif isinstance(error, exceptions.ConfigurationError):
        return no_address(settings, detail)
    else:
        reason = detail
    return StoreError(reason, statement=statement)


def no_address(settings: Neo4jSettings, why: str) -> StoreError:
    """The error for a URI that can't be a Neo4j server's."""
    return StoreError(f'NEO4J_URI "{address(settings)}" is no address of a Neo4j server, such as bolt://localhost:7687: {why}')


def _unreachable(error: Exception, settings: Neo4jSettings) -> str:
    causes = " ".join(str(item) for item in _chain(error))
    uri = address(settings)
    if "+s" in uri.split(":", 1)[0] or _TLS.search(causes):
        return f"no encrypted connection to Neo4j at {uri}: is it up, and does it speak TLS? without TLS the address begins with bolt:// or neo4j://"
    return f"no Neo4j answers at {uri}: start it (docker compose up -d --wait) or set NEO4J_URI; a server that wants TLS needs bolt+s://"


def _chain(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
