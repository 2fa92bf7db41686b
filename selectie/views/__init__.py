"""The pages of the selection, one file per kind of reader."""
