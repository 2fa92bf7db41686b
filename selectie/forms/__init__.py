"""The forms of the selection, one file per kind of writer."""
