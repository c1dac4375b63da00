"""What a new plan changes of the one in force, and why: each change undone, and judged."""
