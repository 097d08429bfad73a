"""The names in the words of places that no gazetteer has."""

from contested.record.place_names import names, one_name


def test_a_name_is_what_is_left_without_kinds_and_directions():
    assert names("the Mill neighbourhood of rebel-held Orla") == ("Mill", "Orla")
    assert names("the western Dyers district") == ("Dyers",)
    assert names("the town of al-Sund") == ("al-Sund",)
    assert names("a village near the border") == ()


def test_a_name_within_another_is_one():
    assert one_name("Dyers", "Old Dyers")
    assert one_name("Umm Sund", "Um Sund")
    assert not one_name("Dyers", "Tanners")
    assert not one_name("Tel", "Tel Sund")
