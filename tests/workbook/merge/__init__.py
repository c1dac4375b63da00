"""Merging and comparing workbooks."""
