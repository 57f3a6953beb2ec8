"""What this program is made of: the digest of its code, and the versions that results rest on."""

import platform
from collections.abc import Mapping
from importlib.metadata import version

from review.model.version import PACKAGES
from review.store.code import code_digest

_RUNNERS = ("ipykernel", "ipython", "nbclient", "nbformat", "papermill")


def made_of() -> dict[str, str]:
    """What has to be the same where work is done for another process: code and versions."""
    return {"code of this package": code_digest(), **package_versions()}


def package_versions() -> dict[str, str]:
    """The versions of Python and of all packages that reports rest on."""
    names = (*PACKAGES, *_RUNNERS)
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def unlike(theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    """In what another process differs from this one, in words; empty when in nothing."""
    return [
        f"the {name} differs"
        if name.startswith("code")
        else f"{name} is {theirs.get(name, 'missing')} there and {ours[name]} here"
        for name in ours
        if theirs.get(name) != ours[name]
    ]
