"""
Places and time zones: what a place line means, and who may apply from where.

`read` takes one line as boards write it; `REGIONS` and `expand` say which countries a region word
holds; `country_offsets` gives a country's UTC offsets; `eligible` answers for one applicant.
The lowest layer: it knows the model and nothing above.
"""

from jobtide.places.eligible import Answer, eligible
from jobtide.places.reading import PlaceReading, read, read_places
from jobtide.places.regions import BROADER, REGIONS, expand
from jobtide.places.table import country_offsets

__all__ = [
    "BROADER",
    "REGIONS",
    "Answer",
    "PlaceReading",
    "country_offsets",
    "eligible",
    "expand",
    "read",
    "read_places",
]
