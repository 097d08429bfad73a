"""The country of an outlet by its address."""

import pytest

from contested.reading.outlet_country import by_address
from contested.statement import Report


@pytest.mark.parametrize(
    ("url", "outlet", "country"),
    [
        ("https://www.orla.co.uk/news/1", None, "GB"),
        ("http://orla.example.fr/", "Orla Times", "FR"),
        (None, "orla.jo", "JO"),
        ("https://orla.com/jo", None, None),
        ("https://orla.tv", None, None),
        (None, "Orla Times", None),
        ("not an address", None, None),
        ("http://[", None, None),
        (None, None, None),
    ],
)
def test_by_address(url, outlet, country):
    assert by_address(Report("x", url=url, outlet=outlet)) == country
