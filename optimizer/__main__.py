"""``python -m optimizer`` is the same as the ``optimizer`` command."""

from optimizer.cli import main

if __name__ == "__main__":  # not when a solver's child process imports this module
    main()
