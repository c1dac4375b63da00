"""A bound proven anew: every row and part of docs/bound.md written a second time, in integers, from the case alone."""
