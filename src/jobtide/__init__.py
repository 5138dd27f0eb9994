"""jobtide: many job boards in, one clean set of remote jobs out."""

__version__ = "0.1.0"
