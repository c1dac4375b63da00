"""From year to year."""
