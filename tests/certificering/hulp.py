"""Reading and sending pages in the tests of certification."""

import re


def tekst(antwoord):
    """The page as plain text: no tags, one space."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", antwoord.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def stuur(client, adres, wat="", **velden):
    return client.post(adres, {"wat": wat, **velden}, follow=True)
