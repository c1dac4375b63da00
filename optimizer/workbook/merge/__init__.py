"""Rows of several workbooks set side by side: which are the same, what differs, and all edits in one book."""
