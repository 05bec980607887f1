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
        ("Propomos um método para a deteção de objetos em imagens e mostramos que o modelo não é mais lento.", "pt"),
        ("Proponiamo un metodo per il rilevamento di oggetti nelle immagini e mostriamo che il modello è più veloce.", "it"),
        ("We stellen een methode voor om objecten in beelden te vinden en laten zien dat het model niet langzaam is.", "nl"),
        ("Przedstawiamy nową metodę wykrywania obiektów na obrazach i pokazujemy, że model jest szybki oraz dokładny.", "pl"),
        ("Görüntülerde nesne bulmak için yeni bir yöntem öneriyoruz ve modelin daha hızlı olduğunu gösteriyoruz.", "tr"),
        ("Vi föreslår en metod för att hitta föremål i bilder och visar att den är snabb och inte dyr.", "sv"),
        ("Vi foreslår en metode til at finde ting i billeder, og vi viser, at den ikke er langsom, når billederne er små.", "da"),
        ("Esitämme menetelmän, joka löytää kuvista esineitä, ja näytämme, että se on nopea myös pienillä laitteilla.", "fi"),
        ("Navrhujeme metodu, která najde předměty v obrazech, a ukazujeme, že je rychlá i na malých zařízeních.", "cs"),
        ("Módszert adunk tárgyak keresésére képeken, és megmutatjuk, hogy a modell gyors és nem drága.", "hu"),
        ("Propunem o metodă pentru găsirea obiectelor în imagini și arătăm că modelul este rapid.", "ro"),
        ("Chúng tôi đề xuất một phương pháp tìm vật thể trong ảnh và cho thấy mô hình chạy nhanh.", "vi"),
        ("Kami mengusulkan metode untuk menemukan benda dalam gambar dan menunjukkan bahwa model ini tidak lambat.", "id"),
        ("우리는 영상에서 물체를 찾는 새로운 방법을 제안한다.", "ko"),
        ("نقترح طريقة جديدة لاكتشاف الأجسام في الصور.", "ar"),
        ("ما روشی تازه برای یافتن چیزها در تصویر پیشنهاد می‌کنیم که گران نیست.", "fa"),
        ("Ми пропонуємо новий метод пошуку предметів на зображеннях.", "uk"),
        ("Προτείνουμε μια νέα μέθοδο για την εύρεση αντικειμένων σε εικόνες.", "el"),
        ("אנו מציעים שיטה חדשה לאיתור עצמים בתמונות.", "he"),
        ("हम चित्रों में वस्तुएँ खोजने की एक नई विधि देते हैं।", "hi"),
        ("GateNetと呼ぶ手法でImageNetとCOCOの物体を検出します。", "ja"),
        ("Bounds for non-i.i.d. bandits", None),
        (r"We bound $\mathbb{E}_{x\sim p}[f(x)]$ by \emph{de la Vallée Poussin}'s lemma, after Poincaré and Gödel, for all x ∈ ℝⁿ.", None),
        ("Die Methode von Müller, and of Le and de la Cruz, is shown to be the best of those that we tried in this study.", None),
        ("A corpus of Chinese idioms: 画蛇添足 and 守株待兔 are two that our annotators of the corpus disagree on most.", None),
        ("BERT", None),
        ("", None),
        ("The α-divergence and the β-VAE are used with λ in the loss of the model.", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code
