"""Profiles of the values of tables: counts, extremes, moments, most frequent values and histograms, which can be merged."""
