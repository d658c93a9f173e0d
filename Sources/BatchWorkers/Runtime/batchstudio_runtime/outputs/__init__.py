"""Rows as bytes of the output's format."""
