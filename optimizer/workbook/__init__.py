"""Workbooks in: tables as data, the reader with its faults, templates, folders of CSV and marked-up copies."""
