"""The command line: each command is a few lines over one library call.

Invariant: results go to stdout, everything else to stderr; a KgError is one line and exit code 1, here and nowhere else; heavy
packages are imported by the command that runs, never by `kg --help`.
"""

from __future__ import annotations

import os
import sys

import click

from kg import __version__
from kg.cli import annotate, build, doctor, eval, export, extract, fetch, formats, kinds, push, query, show, stats, why
from kg.config import collect_seldom
from kg.errors import KgError

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(context_settings=SETTINGS)
@click.version_option(__version__, "-V", "--version", prog_name="kg")
def cli() -> None:
    """Turn paper records into a knowledge graph of methods, datasets, tasks, metrics and citations.

    \b
    kg build examples/landmarks.jsonl -g landmarks    read, extract, link, build
    kg query most-cited -g landmarks                  ask it in Cypher, no server needed
    kg export map.html -g landmarks                   look at it, offline
    kg push -g landmarks                              load it into Neo4j

    Every command takes the graph's folder as -g/--graph, else from KG_GRAPH, else ./graph. For shell completion put
    `eval "$(_KG_COMPLETE=bash_source kg)"` (or zsh_source, fish_source) into your shell's start file.
    """


for module in (build, extract, fetch, query, push, export, stats, why, show, eval, annotate, kinds, formats, doctor):
    cli.add_command(module.command)


def main() -> None:
    """Runs the command line and ends the process."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are small: more threads only wait for each other
    collect_seldom()
    try:
        sys.exit(cli.main(prog_name="kg", standalone_mode=False) or 0)
    except click.Abort:
        _end("interrupted: run the same command again, it goes on where it stopped", 130)
    except KeyboardInterrupt:
        _end("interrupted: run the same command again, it goes on where it stopped", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KgError as error:
        _end(" ".join(str(error).split()), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: what is still buffered goes nowhere
        sys.exit(1)
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        _end(f"a fault in kg itself ({type(error).__name__}: {' '.join(str(error).split())[:300]}): set KG_DEBUG=1 and report what it prints", 70)


def _end(message: str, code: int) -> None:
    click.echo(f"kg: {message}", err=True)
    sys.exit(code)
