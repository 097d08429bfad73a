"""`python docs/screenshots.py`: makes the pictures of the README again, of the examples' record, in Chromium.

Needs what development needs (`make test` sets it up), and Chromium on the path.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: The picture, what it shows, width and height in pixels.
PICTURES = (
    ("situation.png", "/situation?as_of=2016-12-02", 1440, 780),
    ("report.png", "/report?id=aleppo-courier", 1440, 620),
)
#: No picture is larger (bytes).
LARGEST = 200_000


def main() -> None:
    import uvicorn
    from playwright.sync_api import sync_playwright

    from contested.intake import from_paths
    from contested.reading.pipeline import Reader
    from contested.record.record import open_record
    from contested.statement import Report
    from contested.views.web.app import application

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("needs Chromium (Debian: apt-get install chromium)")
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as listening,
        open_record(Path(folder) / "examples.db", create=True) as record,
    ):
        reader = Reader.load()
        given = from_paths([str(ROOT / "examples" / "reports.jsonl")])
        read = [reader.read(report) for report in given if isinstance(report, Report)]
        for _ in record.add(read, reader="contested"):
            pass
        record.derive()
        config = uvicorn.Config(application(record, title="examples.db"), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium,
                args=["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
            )
            for name, address, width, height in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"http://127.0.0.1:{listening.getsockname()[1]}{address}", wait_until="networkidle")
                page.wait_for_timeout(12_000)  # the map draws itself
                made = page.screenshot(path=ROOT / "docs" / name)
                print(f"docs/{name}: {len(made):,} bytes{'' if len(made) < LARGEST else ', too large'}")
            browser.close()
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    main()
