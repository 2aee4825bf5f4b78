#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The page of browser/ in headless Chromium, against the command: the same
bytes of readings and reports, no network, a sentence for what cannot be read.

    tests/browser.py PAGE CUTIS BEFORE AFTER [PICTURES]

BEFORE and AFTER are photographs, PICTURES a folder for screenshots.  The
browser is spoken to through a pipe.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

LONGEST = 600  # s that a comparison may take


class Browser:
    """Headless Chromium and one page of it."""

    def __init__(self, profile):
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()

        def pipes():  # 3 is what the browser reads, 4 what it writes
            os.dup2(os.dup(to_read), 3)
            os.dup2(os.dup(to_write), 4)
        spare = [os.dup(0) for _ in range(4)]  # 3 and 4 are not ours to lose
        self._process = subprocess.Popen(
            [shutil.which("chromium"), "--headless", "--no-sandbox",
             "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe",
             f"--user-data-dir={profile}", "--lang=en", "about:blank"],
            preexec_fn=pipes, close_fds=False, stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL)
        for one in (to_read, to_write, *spare):
            os.close(one)
        self._number, self._rest, self.events = 0, b"", []
        page = self.tell("Target.createTarget", url="about:blank")
        self._session = None
        self._session = self.tell("Target.attachToTarget", flatten=True,
                                  targetId=page["targetId"])["sessionId"]
        for part in ("Page", "Runtime", "DOM", "Network", "Log"):
            self.tell(part + ".enable")

    def _hear(self):
        while b"\0" not in self._rest:
            more = os.read(self._from, 1 << 20)
            if not more:
                sys.exit("browser: Chromium ended")
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def tell(self, method, **parameters):
        """What the browser answers."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if getattr(self, "_session", None):
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                if "error" in heard:
                    sys.exit(f"browser: {method}: {heard['error']}")
                return heard["result"]
            self.events.append(heard)

    def run(self, script):
        """The value of a script, when its promise is kept."""
        out = self.tell("Runtime.evaluate", expression=script,
                        awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in out:
            sys.exit(f"browser: {script}: {out['exceptionDetails']}")
        return out["result"].get("value")

    def wait(self, script):
        end = time.monotonic() + LONGEST
        while not self.run(script):
            if time.monotonic() > end:
                sys.exit(f"browser: still not {script}: " +
                         self.run("$('said').textContent"))
            time.sleep(0.2)

    def choose(self, field, path):
        document = self.tell("DOM.getDocument")["root"]["nodeId"]
        node = self.tell("DOM.querySelector", nodeId=document,
                         selector="#" + field)["nodeId"]
        self.tell("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    def picture(self, path, width, height, dark=False):
        self.tell("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme",
             "value": "dark" if dark else "light"}])
        time.sleep(0.5)
        path.write_bytes(base64.b64decode(
            self.tell("Page.captureScreenshot")["data"]))

    def close(self):
        self.tell("Browser.close")
        self._process.wait(30)


def command(cutis, files, words):
    """What the command writes, by form."""
    out = {}
    for form in ("json", "csv", "html"):
        done = subprocess.run([cutis, "compare", *files, *words, "-q", "-f",
                               form], check=False, capture_output=True)
        assert done.returncode in (0, 5), done.stderr
        out[form] = done.stdout
    return out


def expect(truth, words):
    if not truth:
        sys.exit("browser: " + words)


def compared(browser, cutis, files, settings, words):
    """The page's bytes are the command's."""
    for name, value in settings.items():
        browser.run(f"$('{name}').{'checked' if value is True else 'value'} = "
                    f"{json.dumps(value)}; $('{name}').onchange?.()")
    begun = time.monotonic()
    browser.run("$('start').click()")
    browser.wait("made && !$('result').hidden || $('said').className === "
                 "'wrong'")
    took = time.monotonic() - begun
    expect(not browser.run("$('said').textContent"),
           str(browser.run("$('said').textContent")))
    for form, wanted in command(cutis, files, words).items():
        found = base64.b64decode(browser.run(
            f"new Promise(r => {{ const f = new FileReader(); f.onload = () => "
            f"r(f.result.split(',')[1]); f.readAsDataURL(new Blob([made."
            f"{form}])); }})"))
        expect(found == wanted, f"{form} of {words}: {len(found)} bytes, not "
               f"the command's {len(wanted)}")
    print(f"browser: {' '.join(words) or 'plain'}: JSON, CSV and page are the "
          f"command's, {took:.1f} s")


def decoded(browser, files, work):
    """What only the browser can read is compared all the same."""
    for field, path in zip(("before", "after"), files):
        Image.open(path).save(work / "picture.webp", lossless=True)
        (work / "picture.webp").rename(work / f"{field}.webp")
        browser.choose(field, work / f"{field}.webp")
    browser.run("made = null; $('start').click()")
    browser.wait("made || $('said').className === 'wrong'")
    found = json.loads(browser.run("new TextDecoder().decode(made.json)"))
    expect(found["before"]["width"] and found["measurements"],
           "WebP was not compared")
    print("browser: WebP, by the browser's decoder: compared")


def network(browser):
    """Nothing but the page itself was asked for, and nothing can be."""
    asked = [event["params"]["request"]["url"] for event in browser.events
             if event.get("method") == "Network.requestWillBeSent"]
    strange = [url[:60] for url in asked
               if url.split(":")[0] not in ("file", "blob", "data", "about")]
    expect(asked and not strange, f"asked for {strange}")
    for script in ("fetch('https://127.0.0.1:9/').then(() => 1, () => 0)",
                   "new Promise(r => { const i = new Image(); i.onload = () => "
                   "r(1); i.onerror = () => r(0); i.src = "
                   "'https://127.0.0.1:9/a.png'; })"):
        expect(browser.run(script) == 0, f"allowed: {script}")
    refused = [event for event in browser.events
               if "Content Security Policy" in json.dumps(event)]
    expect(len(refused) >= 2, "who refused the network?")


def main():
    page, cutis, before, after = (Path(a).resolve() for a in sys.argv[1:5])
    pictures = Path(sys.argv[5]) if sys.argv[5:] else None
    files = [str(before), str(after)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        browser = Browser(work + "/profile")
        browser.tell("Page.navigate", url=page.as_uri())
        browser.wait("typeof speak === 'function' && $('start') && true")
        expect(browser.run("$('start').disabled"), "starts without files")

        # A file that is no picture: a sentence, and the page goes on.
        (Path(work) / "note.txt").write_text("not a picture\n")
        browser.choose("before", before)
        browser.choose("after", Path(work) / "note.txt")
        browser.run("$('start').click()")
        browser.wait("$('said').className === 'wrong'")
        said = browser.run("$('said').textContent")
        expect(said.startswith("After: ") and len(said) > 20, said)
        print(f"browser: \"{said}\"")

        browser.choose("after", after)
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
            browser.picture(pictures / "chosen.png", 1280, 900)
        # Stopped, and begun again.
        browser.run("$('start').click()")
        browser.wait("$('done').value > 0")
        browser.run("$('stop').click()")
        expect(browser.run("worker === null && $('said').textContent") ==
               "Stopped.", "did not stop")
        compared(browser, cutis, files, {}, [])
        if pictures:
            browser.run("$('result').scrollIntoView()")
            browser.picture(pictures / "result.png", 1280, 1100)
            browser.picture(pictures / "dark.png", 1280, 1100, dark=True)
        compared(browser, cutis, files,
                 {"language": "de", "preset": "redness", "days": "90",
                  "cover": True},
                 ["--language", "de", "--preset", "redness", "--days", "90",
                  "--cover-eyes"])
        if pictures:
            browser.run("scrollTo(0, 0)")
            browser.picture(pictures / "german.png", 500, 1400)
        decoded(browser, files, Path(work))
        network(browser)
        browser.close()


main()
