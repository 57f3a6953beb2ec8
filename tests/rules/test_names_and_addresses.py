"""Ids that name files on every system, and addresses that lead to the web and nowhere else."""

import pytest
from pydantic import TypeAdapter, ValidationError

from review.model.bibliography import read_bibliography
from review.model.fields import BibKey, Slug, WebAddress, is_device

# Microsoft, "Naming Files, Paths, and Namespaces"
DEVICES = "con prn aux nul com1 com5 com9 lpt1 lpt9".split()


@pytest.mark.parametrize("name", DEVICES)
@pytest.mark.parametrize("form", [Slug, BibKey])
def test_no_id_is_a_device_of_windows(form, name):
    with pytest.raises(ValidationError, match="device"):
        TypeAdapter(form).validate_python(name)
    assert is_device(name.upper())
    assert is_device(f"{name}.tar.gz")
    assert not is_device(f"{name}s")


@pytest.mark.parametrize("name", "console con-1 com10 lpt nul2 auxin".split())
def test_an_id_may_begin_like_one(name):
    assert TypeAdapter(Slug).validate_python(name) == name


@pytest.mark.parametrize(
    "address",
    [
        "vbscript:msgbox(1)",
        "JAVASCRIPT:alert`1`",
        " javascript:x",
        "data:text/html,<b>",
        "file:///etc/hosts",
        "ftp://example.org/a",
        "//example.org/a",
        "https:example.org",
        "https://",
        "https://exa mple.org",
        "https://example.org/\\..",
        "see the page",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_both_places(address):
    with pytest.raises(ValidationError, match="https://"):
        TypeAdapter(WebAddress).validate_python(address)
    entry = f"@misc{{a2020,\n  title = {{T}},\n  url = {{{address}}},\n}}\n"
    assert ["not an address" in p.fault for p in read_bibliography(entry, "x.bib").problems] == [True]


@pytest.mark.parametrize(
    "address", ["https://example.org", "HTTP://example.org:8080/a?b=c#d", "https://[2606::1]/ü"]
)
def test_an_address_of_the_web_is_kept(address):
    assert TypeAdapter(WebAddress).validate_python(address) == address
    assert TypeAdapter(WebAddress).validate_python("not_reported") == "not_reported"
    entry = f"@misc{{a2020,\n  title = {{T}},\n  url = {{{address}}},\n}}\n"
    assert read_bibliography(entry, "x.bib").problems == []
