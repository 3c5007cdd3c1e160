"""The stages of the pipeline over archives that outgrow a machine's memory, on an engine that may span several machines."""
