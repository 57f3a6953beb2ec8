"""The sentence model: other bytes are refused; what it says is tested where it is installed."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from review.literature.minilm import DIGESTS, PACKAGE, load_model
from review.literature.paper import Paper
from review.literature.ranking import Index
from review.model.errors import InFile, InputError

TOKENIZERS = pytest.mark.skipif(
    find_spec("tokenizers") is None, reason="the extra [semantic] is missing"
)
MODEL = pytest.mark.skipif(
    find_spec("tokenizers") is None or find_spec(PACKAGE) is None,
    reason="the model of the extra [semantic] is missing",
)


@pytest.fixture(scope="module")
def model():
    return load_model()


def paper(key: str, title: str, abstract: str = "") -> Paper:
    return Paper(key, title, abstract, InFile("x", 1))


@TOKENIZERS
def test_other_bytes_are_refused(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"\x00" * 64)
    with pytest.raises(InputError) as caught:
        load_model(tmp_path)
    assert [(str(p.place), p.fault.split(":")[0]) for p in caught.value.problems] == [
        ("model.safetensors", "this is not the published file"),
        ("tokenizer.json", "the file cannot be read"),
    ]
    assert set(DIGESTS) == {"model.safetensors", "tokenizer.json"}


@MODEL
def test_meaning_without_a_shared_word(model):
    near = [
        paper("car", "The physician examined the kid."),
        paper("same", "Alopecia was treated with platelet concentrate."),
        paper("far", "Interest rates rose in the third quarter."),
    ]
    cosines = [one.whole for one in model.closeness("Doctors looked at a child", near)]
    assert cosines[0] > 0.5 > 0.2 > max(cosines[1:])


@MODEL
def test_known_cosines_of_the_published_model(model):
    (same, close) = model.closeness(
        "That is a happy person",
        [paper("a", "That is a happy person"), paper("b", "That is a very happy person")],
    )
    assert same.whole == pytest.approx(1, abs=1e-5)
    assert close.whole == pytest.approx(0.943, abs=0.002)


@MODEL
def test_long_papers_and_empty_sentences_are_read(model):
    long = paper("a", "…", "\n".join(f"Sentence {n} about hair follicles." for n in range(200)))
    (found,) = model.closeness("hair", [long])
    assert len(found.sentences) == len(long.sentences)
    assert all(-1.001 <= cosine <= 1.001 for cosine in found.sentences)


@MODEL
def test_a_paper_says_the_same_in_whatever_company(model):
    papers = [paper(str(n), f"Hair study {n}", "Density rose. " * n) for n in range(12)]
    together = model.closeness("hair density", papers)
    fresh = load_model()
    for one, alone in zip(papers, together, strict=True):
        (again,) = fresh.closeness("hair density", [one])
        assert again.whole == pytest.approx(alone.whole, abs=1e-5)


@MODEL
def test_meaning_finds_what_words_do_not(model):
    corpus = [
        paper("baldness", "Treatment of baldness"),
        paper("tax", "Law of taxation"),
        paper("hair", "Hair of the dog"),
    ]
    claim = "therapies against hair loss"
    assert Index(corpus).hits(claim, 1)[0].paper.key == "hair"
    first = Index(corpus).hits(claim, 3, model)[0]
    assert first.paper.key == "baldness"
    assert set(first.signals) == {"words", "letters", "meaning", "sentence"}
