"""Many solves of one case, varied: what is varied, one file a result, and who does the work."""
