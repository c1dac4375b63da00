"""What a move takes apart and puts together again."""
