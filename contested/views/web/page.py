"""`page`: one function makes a page and its `.json` twin."""

# No `from __future__ import annotations` here: FastAPI reads the annotations of functions made in a function.

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse

Make = Callable[..., dict[str, Any]]


def page(router: APIRouter, path: str, template: str) -> Callable[[Make], Make]:
    """The decorated function's dict is the answer of `path.json`, and what `template` shows at `path`.

    Its parameters are FastAPI's; its docstring's first line stands in the OpenAPI description.
    """

    def both(make: Make) -> Make:
        summary = (make.__doc__ or "").strip().splitlines()[0]
        Told = Annotated[dict[str, Any], Depends(make)]

        def twin(told: Told) -> JSONResponse:
            return JSONResponse(told)  # as it is: FastAPI would go through all of it twice to find out how

        def shown(request: Request, told: Told) -> HTMLResponse:
            return rendered(request, template, told)

        router.add_api_route(f"{path}.json", twin, summary=summary, tags=["record"], name=f"{path}.json")
        router.add_api_route(path, shown, summary=summary, response_class=HTMLResponse, tags=["pages"], name=path)
        return make

    return both


def rendered(request: Request, template: str, told: dict[str, Any], status: int = 200) -> HTMLResponse:
    """A template as a page. `told` is what the page's twin gives; `path`, `query` and `writes` are of the request."""
    path = "/" + quote(request.scope["path"].lstrip("/"))  # one slash, so that it names no other host
    twin = f"{path}.json" + (f"?{request.url.query}" if request.url.query else "")
    about = {
        "path": request.url.path, "query": request.query_params, "twin": twin,
        "writes": bool(getattr(request.state, "writes", False)), "record": request.app.state.title,
    }  # fmt: skip
    made = request.app.state.templates.get_template(template).render({**about, **told})
    return HTMLResponse(made, status)
