"""A case as tools for language models, over standard input and output: they may cite passages instead of making them up."""
