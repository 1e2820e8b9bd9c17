"""A page in headless Chromium, driven over its debugging pipe: no driver, no network, no sleeps."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
PATIENCE = 30
"""Seconds until what must happen in the page counts as not happening."""


class Page:
    """One open page; `run` evaluates JavaScript, `press` types keys as a keyboard would."""

    def __init__(self, to, answers, downloads, size, theme):
        self.to, self.answers, self.downloads, self.size = to, answers, downloads, size
        self.media = [{"name": "prefers-color-scheme", "value": theme}]
        self.target, self.session, self.number, self.events = None, None, 0, []
        self.unread = b""

    def send(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.to.write(json.dumps(message).encode() + b"\0")
        self.to.flush()
        while True:
            answer = json.loads(self._answer())
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def _answer(self):
        while b"\0" not in self.unread:
            ready, *_ = select.select([self.answers], [], [], PATIENCE)
            assert ready, f"Chromium is silent for {PATIENCE} s"
            part = os.read(self.answers, 1 << 16)
            assert part, "Chromium has ended"
            self.unread += part
        answer, _, self.unread = self.unread.partition(b"\0")
        return answer

    def open(self, path, fragment=""):
        """Open a file in a new tab, which takes the place of the one before."""
        self.session, before = None, self.target
        self.target = self.send("Target.createTarget", url="about:blank")["targetId"]
        if before:
            self.send("Target.closeTarget", targetId=before)
        attached = self.send("Target.attachToTarget", targetId=self.target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        width, height = self.size
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        self.send("Emulation.setEmulatedMedia", features=self.media)
        self.send("Page.navigate", url=path.as_uri() + fragment)
        self.wait("document.readyState === 'complete' && !/Reading/.test(count.textContent)")

    def run(self, script):
        """The value of an expression of JavaScript."""
        result = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait(self, condition):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(AssertionError):
                if self.run(condition):
                    return
            time.sleep(0.02)
        raise AssertionError(f"not in {PATIENCE} s: {condition}")

    def press(self, *keys):
        for key in keys:
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            for kind in ("keyDown", "keyUp"):
                shown = text if kind == "keyDown" else {}
                code = {"Enter": 13, "Tab": 9}.get(key, 0)
                self.send(
                    "Input.dispatchKeyEvent",
                    type=kind,
                    key=key,
                    windowsVirtualKeyCode=code,
                    **shown,
                )

    def texts(self, selector):
        """The text of every element that a CSS selector finds."""
        return self.run(
            f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)"
        )

    def download(self, button, name):
        """What a button downloads under a name."""
        path = self.downloads / name
        path.unlink(missing_ok=True)
        self.run(f"document.getElementById('{button}').click()")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if path.exists() and not list(self.downloads.glob("*.crdownload")):
                return path
            time.sleep(0.02)
        raise AssertionError(f"{name} was not downloaded")

    def errors(self):
        """What went wrong in the page: exceptions, and what its policy refused."""
        wrong = ("Runtime.exceptionThrown", "Log.entryAdded")
        self.run("1")
        return [e["params"] for e in self.events if e.get("method") in wrong]

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))


@contextmanager
def chromium(folder: Path, size=(1440, 900), theme="light"):
    """A page of that size in a browser that keeps its files in `folder`."""
    down_read, down_write = os.pipe()
    up_read, up_write = os.pipe()

    def pipes():
        os.dup2(down_read, 103)
        os.dup2(up_write, 104)
        os.dup2(103, 3)
        os.dup2(104, 4)

    command = [
        PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank",
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        preexec_fn=pipes,
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(down_read)
    os.close(up_write)
    try:
        with os.fdopen(down_write, "wb") as to:
            page = Page(to, up_read, folder / "downloads", size, theme)
            page.downloads.mkdir(exist_ok=True)
            page.send(
                "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(page.downloads)
            )
            yield page
            process.terminate()
    finally:
        os.close(up_read)
        process.kill()
        process.wait()
