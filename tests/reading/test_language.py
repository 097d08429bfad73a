"""English or not: small words and letters."""

from __future__ import annotations

import pytest

from contested.reading.language import foreign

ENGLISH = (
    "Gunmen on motorcycles attacked a checkpoint near the grain silos of Tamra before dawn, and the army said that "
    "four of its soldiers had been killed. A doctor at the town's clinic spoke of nine bodies.",
    "NINE STRIKES NEAR TAMRA: TWO TRUCKS, A BULLDOZER AND A FUEL DEPOT DESTROYED; ONE STRIKE EAST OF THE DAM DAMAGED "
    "A BRIDGE. THE MINISTRY GAVE NO TOLL.",
    "Rebels seize Tamra silos",
    "Qasr, Hadra, Tamra, Lomar",
    "تمرا",
    "12 3 450 – 2016",
    "",
)
OTHERS = (
    "Des hommes armés à moto ont attaqué avant l'aube un poste de contrôle près des silos de Tamra, et l'armée a dit "
    "que quatre de ses soldats avaient été tués. Un médecin de la ville a parlé de neuf corps.",
    "Bewaffnete auf Motorrädern haben vor Tagesanbruch einen Posten bei den Silos von Tamra angegriffen; nach Angaben "
    "der Armee wurden vier ihrer Soldaten getötet. Ein Arzt sprach von neun Leichen.",
    "Motosikletli silahlı kişiler şafaktan önce Tamra siloları yakınındaki kontrol noktasına saldırdı; ordu dört "
    "askerin öldüğünü açıkladı. Kasabadaki bir doktor dokuz cesetten söz etti.",
    "هاجم مسلحون على دراجات نارية نقطة تفتيش قرب صوامع تمرا قبل الفجر، وقال الجيش إن أربعة من جنوده قتلوا.",
    "Вооружённые люди на мотоциклах напали до рассвета на блокпост у элеватора, сообщила армия.",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_what_is_too_short_to_tell(text: str) -> None:
    assert not foreign(text)
    assert not foreign(text.lower())


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages(text: str) -> None:
    assert foreign(text)
