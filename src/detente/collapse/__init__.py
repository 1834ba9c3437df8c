"""What was told more than once: reprints of one article, and reports of one happening, each kept and counted once."""
