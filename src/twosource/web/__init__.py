"""The workbench: a case in a browser, and an API beside it. Nothing is decided here: all goes through `case`."""
