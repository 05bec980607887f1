r"""What is written in BibTeX's values: LaTeX in any case, so that signs which prose would keep are commands here.

Reference managers write each sign that LaTeX treats specially as a command in braces (`{\textless}`, `{\~{}}`, `{--}`). What is left after
these is read like any other title or abstract. Invariant: text without a backslash, a brace, a tilde or two hyphens comes back as it was.
"""

from __future__ import annotations

import re
import unicodedata

from kg.sources.markup import plain, shown

_SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_",
    "textbraceleft": "{", "textbraceright": "}", "textquotedbl": '"', "textquotesingle": "'", "textminus": "−", "texteuro": "€", "euro": "€",
    "textperiodcentered": "·", "textasteriskcentered": "*", "slash": "/", "textendash": "–", "textemdash": "—", "newline": " ", "linebreak": " ",
    "par": "\n\n", "enspace": " ", "allowbreak": "", "relax": "", "/": "", "-": "",
}  # fmt: skip
_SIGN = re.compile(rf"\{{\\({'|'.join(_SIGNS)})(?![A-Za-z])\s*(?:\{{\}})?\}}|\\({'|'.join(_SIGNS)})(?![A-Za-z])(?:\{{\}}|[ \t]+)?")
_EMPTY_ACCENT = re.compile(r"\{?\\([~^])\s?\{\s*\}\}?")
_DASHES = re.compile(r"\{(-{1,3}|[–—'`,;:./+*=|\[\]])\}")
_BRACE = re.compile(r"\{(\\[{}])\}")
_DASH = {"-": "-", "--": "–", "---": "—"}
_APART = re.compile(r"(?<= )-{2,3}(?= )")
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308", "r": "\u030a",
    "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "h": "\u0309",
}  # fmt: skip
_LETTER = r"[^\W\d_][\u0300-\u036f]*|\\[ij](?![A-Za-z])\s?"
_ACCENT = re.compile(
    rf"\\([`'\"]\s?|[\^~=.]|[uHrvdckbh](?![A-Za-z])\s*)(?:\{{\s*(?:\{{({_LETTER})\}}|({_LETTER}))\s*\}}|({_LETTER}))"
)  # as deep as they are set on each other
_TIE = re.compile(r"(?<=[\w.,:;)}])(?<!\\)~(?=[\w({\\$])")
_SHOWN = re.compile(r"\\(?:textsubscript|textup|textmd|MakeUppercase|uppercase|lowercase|NoCaseChange|nolinkurl|enquote|mkbibquote)\{([^{}]*)\}")
_RAISED = re.compile(r"\\textsuperscript\{([^{}]*)\}")
_SORT = re.compile(r"\\(?:noopsort|SortNoop|switchargs)\s*\{[^{}]*\}", re.I)
_ESCAPED = re.compile(r"\\([%&#$_])")
_BRACES = re.compile(r"\\url\s*(?=\{)|[{}]")
_DEEPEST = 4  # accents on one letter


def read_text(text: str) -> str:
    """The text of a value, which may have several paragraphs."""
    return plain(unescaped(text))


def read_line(text: str) -> str:
    """The text of a value on one line."""
    return shown(unescaped(text))


def unescaped(text: str) -> str:
    """`text` with the signs and accents that commands stand for; braces and other commands as they were."""
    if "\\" in text:
        text = _SORT.sub("", text)
        for _ in range(_DEEPEST):
            new = _ACCENT.sub(_accented, text)
            if new == text:
                break
            text = new
        text = _BRACE.sub(r"\1", _EMPTY_ACCENT.sub(r"\1", text))
        text = _RAISED.sub(_raised, _SHOWN.sub(r"\1", text))
        text = _SIGN.sub(lambda match: _SIGNS[match[1] or match[2]], text)
    if "{" in text:
        text = _DASHES.sub(lambda match: _DASH.get(match[1], match[1]), text)
    if " --" in text:
        text = _APART.sub(lambda match: _DASH[match[0]], text)
    return _TIE.sub(" ", text) if "~" in text else text


def bare(text: str) -> str:
    """An identifier or address as it is: signs without their backslashes, no braces, no ties."""
    return _BRACES.sub("", _ESCAPED.sub(r"\1", unescaped(text))) if "\\" in text or "{" in text else text


def _accented(match: re.Match[str]) -> str:
    letter = next(part for part in match.groups()[1:] if part).strip().removeprefix("\\")
    made = unicodedata.normalize("NFC", letter + _MARKS[match[1].strip()])
    return made if match[4] is None or len(made) == 1 else match[0]


def _raised(match: re.Match[str]) -> str:
    return match[1] if not match[1] or match[1].isalpha() else f"^{match[1]}"
