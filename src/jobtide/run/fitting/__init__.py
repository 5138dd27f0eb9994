"""Which openings fit a CV: read on this machine, compared on this machine, kept nowhere."""

from jobtide.run.fitting.profile import Profile, profile_of
from jobtide.run.fitting.ranking import Fit, ranked
from jobtide.run.fitting.reading import read_cv

__all__ = ["Fit", "Profile", "profile_of", "ranked", "read_cv"]
