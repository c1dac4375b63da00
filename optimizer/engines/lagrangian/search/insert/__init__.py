"""Best responses: of a unit, an exercise, a set, to the rest of a plan."""
