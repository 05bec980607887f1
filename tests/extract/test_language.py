"""Which language a text is in, where it is clearly not English."""

from __future__ import annotations

import pytest

from kg.extract.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We present a model for the detection of objects in images and show that it is fast.", None),
        ("Wir zeigen, dass das Netz mit den Daten auf der Karte nicht besser wird und die Zeit steigt.", "de"),
        ("Nous présentons une méthode pour la détection des objets dans les images et nous montrons que le modèle est bon.", "fr"),
        ("Presentamos un método para la detección de objetos en las imágenes y mostramos que el modelo es bueno.", "es"),
        ("我们提出一种用于目标检测的新方法。", "zh"),
        ("物体検出のための新しい手法を提案します。", "ja"),
        ("Мы предлагаем новый метод обнаружения объектов.", "ru"),
        ("BERT", None),
        ("", None),
        ("The α-divergence and the β-VAE are used with λ in the loss of the model.", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code
