"""Workbooks that planners fill in or get back marked, and folders of tables."""
