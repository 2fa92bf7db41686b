"""What a page says, whatever the layout of its template."""


def leesbaar(antwoord):
    """The page as one line: runs of white space are one space, as a browser reads them, and none ends a tag."""
    return " ".join(antwoord.content.decode().split()).replace(" >", ">").replace(" </", "</")
