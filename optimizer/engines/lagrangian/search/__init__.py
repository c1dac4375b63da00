"""The plans: ruin and recreate with annealing, guided by the bound."""
