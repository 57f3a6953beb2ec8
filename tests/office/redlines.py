"""What LibreOffice makes of tracked changes: one start serves every file named on the command line.

Run with a Python that has `uno`, as `redlines.py PROFILE FILE.docx...`, where PROFILE is an empty
folder. Beside each file it writes FILE.accepted.txt and FILE.rejected.txt; it prints, as JSON, for
each file the kind and author of each change and the author and text of each comment.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PATIENCE = 120  # seconds


def main(profile: Path, files: list[Path]) -> None:
    pipe = f"pipe,name=redlines{profile.stat().st_ino}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
         f"--accept={pipe};urp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        services = connected(f"uno:{pipe};urp;StarOffice.ServiceManager")
        json.dump([seen(services, file) for file in files], sys.stdout)
        services.createInstance("com.sun.star.frame.Desktop").terminate()
        office.wait(PATIENCE)
    except BaseException:
        os.killpg(office.pid, signal.SIGKILL)
        raise


def connected(address: str):
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver"
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(address)
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def seen(services, file: Path) -> dict:
    desktop = services.createInstance("com.sun.star.frame.Desktop")
    dispatcher = services.createInstance("com.sun.star.frame.DispatchHelper")
    for word, command in (("accepted", "AcceptAll"), ("rejected", "RejectAll")):
        document = services.createInstance("com.sun.star.text.TextDocument")
        document.load((option("URL", file.as_uri()), option("FilterName", "MS Word 2007 XML")))
        found = {"changes": changes(document), "comments": comments(document)}
        # A LibreOffice without windows cannot show comments, and only a view can accept changes.
        for field in annotations(document):
            field.dispose()
        desktop.loadComponentFromURL(
            "private:object", "_blank", 0, (option("Model", document), option("Hidden", True))
        )
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(frame, f".uno:{command}TrackedChanges", "", 0, ())
        if left := changes(document):
            raise RuntimeError(f"{file}: changes are left after {command}: {left}")
        text = (option("FilterName", "Text (encoded)"), option("FilterOptions", "UTF8,LF,,,"))
        document.storeToURL(file.with_suffix(f".{word}.txt").as_uri(), text)
        document.close(True)
    return found


def option(name: str, value) -> PropertyValue:
    return PropertyValue(Name=name, Value=value)


def changes(document) -> list:
    return [(r.RedlineType, r.RedlineAuthor) for r in enumerated(document.Redlines)]


def comments(document) -> list:
    return [(field.Author, field.Content) for field in annotations(document)]


def annotations(document) -> list:
    kind = "com.sun.star.text.textfield.Annotation"
    return [field for field in enumerated(document.TextFields) if field.supportsService(kind)]


def enumerated(container):
    items = container.createEnumeration()
    while items.hasMoreElements():
        yield items.nextElement()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
