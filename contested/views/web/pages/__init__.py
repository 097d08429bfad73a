"""One file a page. Each has a `router`; `app.py` lists them."""
