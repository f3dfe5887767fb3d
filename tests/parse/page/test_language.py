"""Languages recognized by script and short words."""

from __future__ import annotations

import pytest

from flows.parse.page.language import guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "The mayor said that the bridge is not safe and that it was closed by the city for the rest of the week.",
            "en",
        ),
        (
            "Der Bürgermeister sagte, dass die Brücke nicht sicher ist und von der Stadt für eine Woche gesperrt wird.",
            "de",
        ),
        ("Le maire a dit que le pont de la ville est fermé pour une semaine et que les travaux sont plus longs.", "fr"),
        ("El alcalde dijo que el puente de la ciudad se cierra por una semana y que las obras no son largas.", "es"),
        (
            "Мэр сказал, что мост в городе не открыт и что на ремонт, как он думает, уйдёт до двух недель по плану.",
            "ru",
        ),
        ("市長は、橋が来週まで閉鎖されると述べました。工事は続いています。", "ja"),
        ("시장은 다리가 다음 주까지 폐쇄된다고 말했습니다.", "ko"),
        ("市长说大桥将关闭到下周，工程仍在继续。", "zh"),
        ("Ο δήμαρχος είπε ότι η γέφυρα θα κλείσει.", "el"),
        ("Bridge closed.", None),
        ("", None),
    ],
)
def test_guess(text: str, code: str | None) -> None:
    assert guess_language(text) == code
