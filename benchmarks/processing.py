"""Clean and classify: ours, and what a careful script of today does with the usual libraries."""

import re
import time
from itertools import count

import bleach
import ftfy
from bs4 import BeautifulSoup
from msgspec.structs import replace

from benchmarks.corpus import postings
from jobtide import pipeline

ROUNDS = 3
_SKILLS = re.compile(r"\b(?:python|java|react|node|aws|docker|kubernetes|sql|go|rust)\b", re.I)
_PAY = re.compile(r"[$€£]\s?\d[\d,.]*k?(?:\s?[-–]\s?[$€£]?\s?\d[\d,.]*k?)?")


def measure():
    """Return the figures of both pipelines over the same postings."""
    corpus = postings()
    texts = {one.description for one in corpus}
    size = sum(len(one.description) for one in corpus) / len(corpus)
    ours = _rate(lambda: list(pipeline.process(corpus)), len(corpus))
    distinct = _rate(lambda rows: list(pipeline.process(rows)), len(corpus), _distinct(corpus))
    short = pipeline.STEPS[: [step.__name__ for step in pipeline.STEPS].index("label_seniority")]
    first = _rate(lambda: list(pipeline.process(corpus, short)), len(corpus))
    peer = _rate(lambda: [_peer(one) for one in corpus[:200]], min(len(corpus), 200))
    return {
        "postings": len(corpus),
        "mean characters of a description": size,
        "descriptions met before, per cent": 100 * (1 - len(texts) / len(corpus)),
        "ours, all steps, postings per CPU-second": ours,
        "ours, the same with all texts made distinct": distinct,
        "ours, cleaning and category alone": first,
        "peer (ftfy, bleach, BeautifulSoup, re)": peer,
        "ratio": ours / peer,
        **_steps(corpus),
    }


def _rate(work, amount, inputs=None):
    best = 0.0
    for _ in range(ROUNDS):
        given = () if inputs is None else (next(inputs),)
        start = time.process_time()
        work(*given)
        best = max(best, amount / (time.process_time() - start))
    return best


def _distinct(corpus):
    """Yield the postings for a round: a number at the end makes each text one never seen before.

    Readings of the last texts are remembered (`jobtide.text.remembered`); so nothing is here.
    """
    for number in count():
        yield [
            replace(one, description=f"{one.description} {number}.{at}")
            for at, one in enumerate(corpus)
        ]


def _peer(one):
    text = ftfy.fix_text(one.description)
    clean = bleach.clean(text, tags={"p", "ul", "li", "strong", "em", "a", "br"}, strip=True)
    plain = BeautifulSoup(clean, "html.parser").get_text("\n")
    return ftfy.fix_text(one.title), plain, _SKILLS.findall(plain), _PAY.findall(plain)


def _steps(corpus):
    """Return each step's share: microseconds a posting."""
    figures, current = {}, corpus
    for step in pipeline.STEPS:
        start = time.process_time()
        results = [step(one) for one in current]
        spent = time.process_time() - start
        figures[f"  {step.__name__}, microseconds"] = spent / len(current) * 1e6
        current = [one for one in results if type(one).__name__ == "Posting"]
    return figures
