"""LaTeX inside prose: maths, commands and accents become characters; everything else is left alone.

Prose from an index is no LaTeX document: `%` is a percent sign, `#` a number sign, a dollar mostly money. So only the stretches that
are certainly LaTeX are handed to pylatexenc, each once. Invariant: never raises; text without LaTeX comes back as it was.
"""

from __future__ import annotations

import logging
import re
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # it would write what it cannot convert to standard error

LONGEST = 4000  # characters of one stretch; a longer one is no formula

_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,1000}\}"
_DOCUMENT = re.compile(
    r"\\documentclass(?:[^\\]|\\(?!documentclass|begin\s*\{document\})){0,3000}+\\begin\s*\{document\}"
    r"((?:[^\\]|\\(?!documentclass|end\s*\{document\})){0,3000}+)\\end\s*\{document\}"
)
_LITERAL_BREAK = re.compile(r"\\n(?=[A-Z\s])(?!Rightarrow|Leftarrow|Leftrightarrow|Vdash|VDash)")
_MATHS = re.compile(
    r"(?<!\\)\$\$(?P<display>[^$]{1,2000})(?<!\\)\$\$|(?<![\\$])\$(?P<tex>[^$]{0,300}\\[A-Za-z][^$]{0,300})\$|"
    r"(?<![\\$])\$(?P<inline>(?=\S)[^$]{0,1999}?[^\s$\\])\$(?!\d)|\\\((?P<round>.{1,2000}?)\\\)|"
    r"\\\[(?P<square>.{1,2000}?)\\\]|\\begin\{(?P<env>equation|align|gather|math|displaymath|eqnarray)\*?\}"
    r"(?P<body>.{1,2000}?)\\end\{(?P=env)\*?\}", re.S,
)  # fmt: skip
_STYLED = re.compile(r"\{\\(?:em|bf|it|sc|tt|sl|rm|sf|bfseries|itshape|scshape|ttfamily|small|large|Large)(?![A-Za-z])\s*(?:\\/)?([^{}]{0,1000})\}")
_COMMAND = re.compile(
    r"\\['`\"^~=.]\s?(?:\{\s?\\?[A-Za-z]?\s?\}|\\[ij](?![A-Za-z])|[A-Za-z])|"  # accents that are signs
    r"\\[cvuHkrbdt](?![A-Za-z])\s?(?:\{\s?\\?[A-Za-z]{1,2}\s?\}|[A-Za-z](?![A-Za-z]))|"  # accents that are letters
    rf"\\[A-Za-z]+\*?(?:\[[^\[\]]{{0,200}}\])?(?:\s?{_GROUP}){{0,3}}|"
    r"\\[%&#$_{}\\,;:!/@ -]"
)
_MATHS_SIGN = re.compile(r"[\\^_=<>+*/|()\[\]]")
_LONG_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}")
_WORD_GROUP = re.compile(r"\{([^{}\\$,;]*\w[^{}\\$,;]*)\}")
_SIGN_GROUP = re.compile(r"\{(\\[%&#$_]|[\"&%])\}")  # as Zotero and others protect signs
_QUOTED = re.compile(r"``([^`'\"]{1,300})(?:''|\")")
_DASHES = re.compile(r"(?<=[A-Za-z0-9])-{2,3}(?=[A-Za-z0-9])")
_SCRIPTS = re.compile(r"\s?([_^])\s?(?:\{([^{}]*)\}|(\S))")
_RELATION = re.compile(
    r"\s*(\\(?:leq?|geq?|lesssim|gtrsim|sim|simeq|approx|neq?|in|notin|subset(?:eq)?|times|cdot|to|(?:long)?(?:left|right)arrow|mapsto|pm|mp|ll|gg|equiv|propto|"
    r"log|ln|exp|sin|cos|tan|max|min|cup|cap|wedge|vee|oplus|otimes))(?![A-Za-z])\s*"
)  # pylatexenc drops the space behind these, which parts words
_SIGNS = {"%": "%", "&": "&", "#": "#", "$": "$", "_": "_", "{": "{", "}": "}", "\\": " ", " ": " ", "@": "", "-": "", "/": ""}
_SWITCHES = re.compile(
    r"\\(?:rm|bf|it|cal|sf|tt|em|sc|displaystyle|textstyle|scriptstyle|limits|nolimits|left|right|big|Big|bigg|Bigg|bigl|bigr|Bigl|Bigr)(?![A-Za-z])\s*"
)
_SHOWN = (
    "emph", "textbf", "textit", "textrm", "texttt", "textsc", "textsf", "textsl", "text", "mathrm", "mathbf", "mathit", "mathcal", "mathbb",
    "mathsf", "mathtt", "mathfrak", "mathscr", "boldsymbol", "bm", "operatorname", "mbox", "hbox", "underline", "url", "path", "textnormal",
    "ensuremath", "xspace", "textup", "textmd", "textsubscript",
)  # fmt: skip
_FONT = re.compile(rf"\\(?:{'|'.join(_SHOWN)})(?=[^\W\d_])(?![A-Za-z])")  # pylatexenc takes a letter like θ into the command's name
_WIDE = {"overline": "\u0305", "widehat": "\u0302", "widetilde": "\u0303"}  # the marks of \bar, \hat and \tilde
_NAMED = {"textless": "<", "textgreater": ">", "textbar": "|"}
_GROUPED = re.compile(r"\{\\(textless|textgreater|textbar)\s?\}")
_HIDDEN = (
    "cite", "citep", "citet", "citealp", "ref", "eqref", "label", "footnote", "footnotemark", "thanks", "vspace", "hspace", "noindent", "xspace",
    "protect",
)  # fmt: skip


def latex_text(text: str) -> str:
    """`text` with its stretches of LaTeX as characters. Braces around words (as BibTeX protects capitals) go; `{0, 1}` stays."""
    if "{" in text:
        text = _SIGN_GROUP.sub(r"\1", text)
    if "\\" in text:
        text = _GROUPED.sub(lambda match: _NAMED[match[1]], _DOCUMENT.sub(lambda match: match[1], text))
        text = _LITERAL_BREAK.sub("\n", text)
    if "$" in text or "\\" in text:
        text = _MATHS.sub(_maths, text)
    if "\\" in text:
        text = _COMMAND.sub(lambda match: _prose(match[0]), _STYLED.sub(r"\1", text))
    text = _WORD_GROUP.sub(r"\1", text) if "{" in text else text
    return _DASHES.sub(lambda match: "–" if len(match[0]) == 2 else "—", _QUOTED.sub(r'"\1"', text))


def _maths(match: re.Match[str]) -> str:
    inner = next(match[name] for name in ("display", "tex", "inline", "round", "square", "body") if match[name] is not None)
    if match["inline"] is not None and _LONG_WORD.search(inner) and not _MATHS_SIGN.search(inner):
        return match[0]  # money, or a name with a dollar in it
    return _formula(inner)


@lru_cache(maxsize=1 << 14)
def _formula(source: str) -> str:
    """A formula on one line: simple indices joined to their letter, powers behind `^`."""
    source = _SWITCHES.sub("", source)
    if "\\" in source:
        spaced = _RELATION.sub(_spaced, source)
        return _SCRIPTS.sub(_script, _converted(f"${spaced}$"))
    return " ".join(_SCRIPTS.sub(_script, source).replace("{", "").replace("}", "").replace("~", " ").split())


def _spaced(match: re.Match[str]) -> str:
    return f"\\ {match[1]}\\ " if match[0] != match[1] else match[1]


def _script(match: re.Match[str]) -> str:
    sign, text = match[1], match[2] if match[2] is not None else match[3]
    if text in ("th", "st", "nd", "rd") or (sign == "_" and text.isdigit()):
        return text
    return f"{sign}{text}"


@lru_cache(maxsize=1 << 14)
def _prose(source: str) -> str:
    if len(source) == 2 and source[1] in _SIGNS:
        return _SIGNS[source[1]]
    if len(source) == 2 and not source[1].isalpha():
        return " " if source[1] in ",;:" else ""
    return _converted(source)


def _converted(source: str) -> str:
    from pylatexenc.latexwalker import LatexWalkerError

    if len(source) > LONGEST:
        return source
    try:
        shown: str = _converter().latex_to_text(re.sub(r"(?<!\\)([%#&])", r"\\\1", _FONT.sub(r"\g<0> ", source)), tolerant_parsing=True)
    except (LatexWalkerError, ValueError, IndexError, AttributeError, TypeError, RecursionError):
        return source.replace("\\", "").replace("$", "")
    return " ".join(shown.split()) if shown.strip() else ""


@cache
def _converter() -> Any:
    """pylatexenc with the commands of prose: fonts show what they set, citations and labels nothing, unknown commands their own name."""
    from pylatexenc import latex2text, latexwalker, macrospec

    shown = [latex2text.MacroTextSpec(name, simplify_repl=_set) for name in _SHOWN]
    hidden = [latex2text.MacroTextSpec(name, simplify_repl="") for name in _HIDDEN]
    shown += [latex2text.MacroTextSpec(name, simplify_repl=sign) for name, sign in _NAMED.items()]
    shown += [latex2text.MacroTextSpec(name, simplify_repl=_last) for name in ("href", "raisebox", "textsuperscript", "enquote")]
    shown += [latex2text.MacroTextSpec(name, simplify_repl=_marked) for name in _WIDE]
    shown.append(latex2text.MacroTextSpec("mod", simplify_repl="mod"))
    context = latex2text.get_default_latex_context_db()
    context.add_context_category("kg", prepend=True, macros=[*shown, *hidden])
    context.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=_unknown))
    walker = latexwalker.get_default_latex_context_db()
    known = [macrospec.MacroSpec(name, "{") for name in _SHOWN if name != "xspace"] + [macrospec.MacroSpec(name, "[{") for name in _HIDDEN[:7]]
    known += [macrospec.MacroSpec(name, form) for name, form in (("href", "{{"), ("raisebox", "{[[{"), ("enquote", "{"), ("textsuperscript", "{"))]
    walker.add_context_category("kg", prepend=True, macros=known)
    return _Bound(latex2text.LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=False), walker)


class _Bound:
    """The two halves of pylatexenc, which must know the same commands."""

    def __init__(self, texts: Any, walker: Any) -> None:
        self._texts, self._walker = texts, walker

    def latex_to_text(self, source: str, *, tolerant_parsing: bool) -> str:
        """The characters that `source` stands for."""
        from pylatexenc.latexwalker import LatexWalker

        nodes = LatexWalker(source, latex_context=self._walker, tolerant_parsing=tolerant_parsing).get_latex_nodes()[0]
        shown: str = self._texts.nodelist_to_text(nodes)
        return shown


def _set(node: Any, l2tobj: Any) -> str:
    """What a font sets; nothing where that stands outside of what was handed over."""
    given = node.nodeargd.argnlist if node.nodeargd else ()
    return "".join([l2tobj.nodelist_to_text([part]) for part in given if part is not None])


def _marked(node: Any, l2tobj: Any) -> str:
    """One letter with its mark; several as they are."""
    shown = _set(node, l2tobj).strip()
    return normalize("NFC", shown + _WIDE[node.macroname]) if len(shown) == 1 and shown.isalpha() else shown


def _last(node: Any, l2tobj: Any) -> str:
    shown: str = l2tobj.nodelist_to_text([node.nodeargd.argnlist[-1]])
    if node.macroname == "enquote":
        return f'"{shown}"'
    return f"^{shown}" if node.macroname == "textsuperscript" and shown.isdigit() else shown


def _unknown(node: Any) -> str:
    return f"{node.macroname}{node.macro_post_space}"
