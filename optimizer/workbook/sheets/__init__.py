"""What every written sheet shares: looks, pages, charts, files."""
