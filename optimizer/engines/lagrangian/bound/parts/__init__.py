"""Who decides what: the index arrays of the dual's parts."""
