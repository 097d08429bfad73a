"""What the OpenAPI description tells is asked by schemathesis, odd and even: nothing makes the server fail."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.views.web.addresses import OPERATIONS
from tests.views.web.conftest import TOKEN, app_of

#: The same questions in each run, so many an operation.
BOUNDED = settings(
    max_examples=12, derandomize=True, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
HEADERS = {"host": "127.0.0.1", "authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def described(filled, tmp_path_factory):
    """The description of a record of its own, which is written to."""
    import schemathesis

    app = app_of(shutil.copy(filled, tmp_path_factory.mktemp("openapi") / "war.db"))
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers=HEADERS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_question_makes_the_server_fail(described, method, path):
    @BOUNDED
    @given(described[path][method].as_strategy())
    def ask(case):
        answer = case.call(headers=HEADERS)
        assert answer.status_code not in (401, 403, 421)  # it is let in
        assert answer.status_code < 500, f"{case.as_curl_command()}: {answer.text[:200]}"

    ask()


def test_every_operation_says_what_it_is(client):
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], f"{method} {path}"
