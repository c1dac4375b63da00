"""From the file on disk to typed rows, every fault with its cell."""
