"""What every compiled part needs: the compiler, chance, arrays."""
