"""Markup becomes the text that a reader would see, and what is no markup stays."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.sources.markup import plain
from kg.sources.xml_text import line_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Andr\'e, Bal{\'a}zs, Erd\H{o}s, Fran\c{c}ois, na\"{\i}ve, \O{}re, \v{S}ima", "André, Balázs, Erdős, François, naïve, Øre, Šima"),
        (r"F$_1$ is $F_1$, R$^2$ is $R^{2}$, $10^{-3}$, the 5$^{th}$", "F1 is F1, R^2 is R^2, 10^-3, the 5th"),
        (r"$\alpha$-trees in $\mathcal{O}(n \times m)$ with $\hat{x}_{ij} \leq 1$", "α-trees in O(n × m) with x̂_ij ≤ 1"),
        (r"\textbf{bold}, \emph{an \textit{inner} word}, {\em old style}, 95\% of A \& B", "bold, an inner word, old style, 95% of A & B"),
        (r"\ourmethod{} reads \cite{x}more", "ourmethod reads more"),
        (
            r"p {\textless} 0.05 \textgreater{} 0, \enquote{so} CO\textsubscript{2} m\textsuperscript{2} 3\textsuperscript{rd} \raisebox{2pt}{up}",
            'p < 0.05 > 0, "so" CO2 m^2 3rd up',
        ),
        ("It costs $5 to $10, or 20% of {0, 1}", "It costs $5 to $10, or 20% of {0, 1}"),
        ("x < y and a > b, 1<2<3, if a<b and c>d", "x < y and a > b, 1<2<3, if a<b and c>d"),
        ("AT&T &amp; R&D: p &lt; 0.05 &amp;amp; &eacute;&#233;", "AT&T & R&D: p < 0.05 & éé"),
        ("H<sub>2</sub>O, m<sup>2</sup>, 1<sup>st</sup>, <i>in</i> <b>bold</b>", "H2O, m^2, 1st, in bold"),
        ("<jats:title>Abstract</jats:title><jats:p>One\n   line.</jats:p><jats:p>Two.</jats:p>", "One line.\n\nTwo."),
        ("<jats:sec><jats:title>Aim</jats:title><jats:p>To see.</jats:p></jats:sec>", "Aim: To see."),
        (r"$\overline{p}$, $\widetilde{O}(n)$, $\widehat{y}_1$, $\widetilde\theta$, \overline{q} of $\overline{AB}$", "p̅, Õ(n), ŷ1, θ̃, q̅ of AB"),
        (r"$\bar{p}$, $\tilde{O}(n)$, $\hat{y}_1$, $\tilde\theta$, \bar{q}", "p̅, Õ(n), ŷ1, θ̃, q̅"),
        (r"$\mathbfθ$, $\mathcalΓ_1$, $\boldsymbolθ+\bmβ$, \mathrmθ, \mathbf θ and \textit", "θ, Γ1, θ+β, θ, θ and"),
        ("<mml:math><mml:msup><mml:mi>R</mml:mi>\n <mml:mn>2</mml:mn></mml:msup>\n <mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>", "R^2=1"),
        (r"so \documentclass{x}\usepackage{y}\begin{document}$$\beta$$\end{document} it is", "so β it is"),
        ("one.&lt;/p&gt;&lt;p&gt; Two &lt;sub&gt;3&lt;/sub&gt;", "one.\n\nTwo 3"),
        (r"95$\sim$100 GeV at 2$\sigma$ level", "95∼100 GeV at 2σ level"),
        ("{BERT} and {Deep} nets", "BERT and Deep nets"),
        (r"first line.\nWe go on", "first line. We go on"),
        ("``quoted'' by Berry--Essen", '"quoted" by Berry–Essen'),
    ],
)
def test_plain(text: str, read: str) -> None:
    assert plain(text) == read


MARKED = st.text(alphabet="abF12 <>/&;#$\\{}^_%~'`\"-\n", max_size=60)
SAMPLED = [
    "<p>", "</p>", "<b", "&lt;", "&amp;", "$", "$$", "\\alpha", "\\frac{", "\\'", "\\", "{", "}", "_1", "^", " ", "x", "5", "\\begin{", "]]>",
    "\\\\", "%", "``", "''", "--", "\\n", "<sup>", "</sup>", "\\text", "\n\n",
]  # fmt: skip
PIECES = st.lists(st.sampled_from(SAMPLED), max_size=14).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=80), MARKED, PIECES))
@example("\\" * 50)
@example("&amp;" * 30 + "lt;b&gt;")
def test_plain_is_idempotent_and_never_raises(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="abc xyz,.:;()<>=5%+é–", max_size=80))
def test_prose_without_markup_keeps_its_letters(text: str) -> None:
    if "<b>" not in text and "<a>" not in text:
        assert plain(text) == " ".join(plain(text).split())
        assert sorted(plain(text).replace(" ", "")) == sorted(text.replace(" ", ""))


TEX, MATHML = r"<tex-math notation='x'>$\mu$</tex-math>", "<mml:math><mml:mi>μ</mml:mi></mml:math>"
FORMULAS = [
    f"{TEX}<alternatives>{MATHML}<inline-graphic/></alternatives>",
    f"<alternatives>{MATHML}</alternatives>{TEX}",
    f"<alternatives>{TEX}{MATHML}</alternatives>",
    f"<alternatives>{MATHML}{TEX}</alternatives>",
    TEX + MATHML,
    f"<alternatives>{TEX}<inline-graphic/></alternatives>",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_stands_there_twice_is_read_once(formula: str) -> None:
    text = f"<inline-formula>{formula}</inline-formula>Moss on <inline-formula>{formula}</inline-formula>"
    assert plain(text) == "μMoss on μ"
    assert line_of(etree.fromstring(f'<title xmlns:mml="x">{text}</title>')) == "μMoss on μ"


@pytest.mark.parametrize(
    "unit", ["{", "<", "$", "\\", "&amp;", "\\frac{", "<p", "$x", "{a", "\\begin{align}", "<math>", "<tex-math>", "``", "\\documentclass"]
)
def test_long_runs_of_a_sign_stay_cheap(unit: str) -> None:
    assert isinstance(plain(unit * (20_000 // len(unit))), str)
