"""The record in a browser: server-rendered pages, each with its `.json` twin, and small modules for what moves.

`app.py` puts the pages together, `gate.py` lets requests in, `pages/` has one file a page: a function that asks the
record and returns what the page tells as plain objects (its `.json` twin), and a template in `templates/` that shows
them. `static/` is built from `frontend/` (hatch_build.py) and is not kept in the repository.
"""
