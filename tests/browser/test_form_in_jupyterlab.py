"""The decision form in a real JupyterLab: filled in by keyboard and mouse, recorded, still there."""

import csv
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date

import nbformat
import pytest

from review.decisions import basis_digest
from review.store import read_evidence

REASON = "No trial shows it.\n<img src=x onerror=document.title=1> =cmd|' /C calc'!A1"


@pytest.fixture
def lab(browser, folder, project, tmp_path):
    """The address of a server on the form's notebook, set to the small evidence folder."""
    node = nbformat.read(project / "notebooks" / "decide.ipynb", as_version=4)
    (cell,) = [c for c in node.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = cell.source.replace("../evidence", "../clinic")
    (tmp_path / "notebooks").mkdir()
    nbformat.write(node, tmp_path / "notebooks" / "decide.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    settings = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(tmp_path / name.lower()) for name in settings}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
         f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
         f"--ServerApp.root_dir={tmp_path}", "--LabApp.news_url=None",
         f"--LabApp.user_settings_dir={_settings_without_news(tmp_path / 'lab')}",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        root = f"http://127.0.0.1:{port}"
        _wait_for(f"{root}/api?token={token}", server)
        yield f"{root}/lab/tree/notebooks/decide.ipynb?token={token}"
    finally:
        server.terminate()
        try:
            server.wait(30)
        finally:
            server.kill()


def _settings_without_news(folder):
    """JupyterLab otherwise asks whether it may fetch news, over the form's button."""
    plugin = folder / "@jupyterlab" / "apputils-extension"
    plugin.mkdir(parents=True)
    (plugin / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}', "utf-8")
    return folder


def _wait_for(address, server):
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        assert server.poll() is None, "JupyterLab ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail("JupyterLab did not answer within a minute")


def run_all_cells(page):
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_label("Decision").wait_for(timeout=60_000)


def choose(page, claim):
    option = page.locator("option", has_text=claim)
    option.wait_for(state="attached")
    page.get_by_label("Claim").select_option(option.get_attribute("value"))


def test_a_decision_made_in_the_browser_is_in_the_file_and_shown_again(lab, browser, folder):
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(30_000)
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "//127.0.0.1:" not in r.url else None)
    page.goto(lab)
    run_all_cells(page)

    page.get_by_label("Page").select_option("home")
    choose(page, "home-002")
    page.locator("q", has_text="There are no side effects.").wait_for()

    page.get_by_role("button", name="Record the decision").click()
    alert = page.get_by_role("alert").filter(has_text="Nothing was recorded")
    alert.wait_for()
    assert {"decision:", "reason:", "reviewer:", "role:"} <= set(alert.inner_text().split())
    assert not (folder / "decisions.csv").exists()

    page.get_by_label("Decision").select_option("remove")
    page.get_by_label("Reason").fill(REASON)
    page.get_by_label("Reviewer").fill("reviewer A")
    page.get_by_label("Reviewer").press("Tab")
    page.keyboard.type("medical director")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Recorded in ../clinic/decisions.csv: home-002, remove.").wait_for()

    evidence = read_evidence([folder])
    with (folder / "decisions.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [{
            "claim": "home-002", "decision": "remove", "wording": "not_applicable",
            "reviewer": "reviewer A", "role": "medical director", "date": date.today().isoformat(),
            "reason": REASON, "digest": basis_digest(evidence, "home-002"),
        }]  # fmt: skip

    page.reload()
    run_all_cells(page)
    choose(page, "home-002")
    page.get_by_text("in force: remove, by reviewer A (medical director). No trial shows it.").wait_for()
    assert page.title() != "1"
    assert outside == []
    page.close()
