"""What two parties are to each other, and when."""

import pytest

from contested.register import Span, load_register


@pytest.fixture(scope="module")
def register():
    return load_register()


@pytest.mark.parametrize(
    ("one", "other", "on", "relation"),
    [
        ("sy.nusra", "sy.nusra", None, "same"),
        ("sy.nusra", "sy.hts", "2018", "related"),  # succeeded by
        ("sy.nusra", "int.al-qaeda", "2014-05-01", "related"),
        ("sy.nusra", "int.al-qaeda", "2016-12-01", "different"),
        ("sy.air-force", "sy.foreign-ministry", None, "related"),
        ("sy.air-force", "sy.rebels", None, "different"),
        ("td.police", "td.state", None, "related"),
        ("td.police", "ne.police", None, "different"),
        ("sy.fsa", "sy.rebels", None, "related"),
        ("sy.ahrar-al-sham", "sy.jaysh-al-islam", "2016", "related"),  # one side of one war
        ("sy.ahrar-al-sham", "int.isis", "2016", "different"),
        ("int.ocha", "int.un", None, "related"),
        ("person.bashar-al-assad", "sy.armed-forces", "2016-01-01", "related"),
        ("person.bashar-al-assad", "sy.presidency", "2025-06-01", "different"),
        ("lb.hezbollah", "sy.armed-forces", "2016-01-01", "related"),
        ("iq.kataib-hezbollah", "ir.quds-force", None, "related"),
        ("sy.hts", "sy.armed-forces", "2018", "different"),
        ("sy.hts", "sy.armed-forces", "2025-02", "related"),
        ("tr.pkk", "tr.state", None, "different"),
        ("sy.nusra", "no.such-party", None, "different"),
    ],
)
def test_relation(register, one, other, on, relation):
    assert register.relation(one, other, on) == relation
    assert register.relation(other, one, on) == relation


@pytest.mark.parametrize(
    ("start", "end", "on", "holds"),
    [
        ("2012-01-23", "2017", "2012-01-22", False),
        ("2012-01-23", "2017", "2012-01", True),
        ("2012-01-23", "2017", "2017-12-31", True),
        ("2012-01-23", "2017", "2018", False),
        (None, "2017-02", "1950", True),
        ("2017-02", None, None, True),
    ],
)
def test_a_span_holds_a_day_of_any_precision(start, end, on, holds):
    assert Span(start, end).holds(on) is holds
