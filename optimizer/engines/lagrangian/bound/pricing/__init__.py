"""The best choice of each part at given prices."""
