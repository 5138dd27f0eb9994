"""Pure functions that say what a posting is, with the evidence for every label."""
