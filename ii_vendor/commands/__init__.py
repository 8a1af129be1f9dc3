"""The commands, a file a subject; ``cli.py`` gathers them."""
