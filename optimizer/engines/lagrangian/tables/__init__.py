"""The case as arrays, each made from the functions of the rules themselves."""
