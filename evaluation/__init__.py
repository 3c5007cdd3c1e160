"""Measure every stage on data that the project did not write, with the shared scorer, beside its peers."""
