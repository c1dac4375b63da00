"""The proof: a Lagrangian dual with branching. See docs/bound.md."""
