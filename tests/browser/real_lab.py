"""A real JupyterLab on a folder, on a free port of this machine, without news and update checks."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import nbformat
import pytest


def with_parameters(notebook, copy, replacing):
    """A copy of `notebook` with some texts in its parameters cell replaced."""
    node = nbformat.read(notebook, as_version=4)
    (cell,) = [c for c in node.cells if "parameters" in c.metadata.get("tags", [])]
    for old, new in replacing.items():
        assert old in cell.source
        cell.source = cell.source.replace(old, new)
    copy.parent.mkdir()
    nbformat.write(node, copy)


@contextmanager
def jupyterlab(root, notebook):
    """The address of `notebook`, a path below `root`, in a server that ends with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    settings = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(root / name.lower()) for name in settings}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
         f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
         f"--ServerApp.root_dir={root}", "--LabApp.news_url=None",
         f"--LabApp.user_settings_dir={_settings_without_news(root / 'lab')}",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api?token={token}", server)
        yield f"{address}/lab/tree/{notebook}?token={token}"
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


def run_all_cells(page, label):
    """Run the notebook and wait for the field named `label`."""
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_label(label, exact=True).wait_for(timeout=60_000)
