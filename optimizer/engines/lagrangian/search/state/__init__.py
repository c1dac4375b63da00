"""A plan in the making as arrays."""
