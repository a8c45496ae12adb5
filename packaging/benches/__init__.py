"""The rows of the table of speed and memory, a module for each part of the program."""
