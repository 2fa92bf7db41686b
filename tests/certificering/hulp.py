"""Reading and sending pages in the tests of certification."""

import re


def tekst(antwoord):
    """The page as plain text: no tags, one space."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", antwoord.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def stuur(client, adres, wat="", **velden):
    """Send the form `wat` of a page with the hidden print of what the page shows, as a browser does."""
    gezien = re.search(
        rf'name="wat" value="{wat}".*?(?:name="gezien" value="([^"]*)"|</form>)',
        tekst_ruw(client.get(adres)),
        re.DOTALL,
    )
    verborgen = {"gezien": gezien.group(1)} if gezien and gezien.group(1) else {}
    return client.post(adres, {"wat": wat, **verborgen, **velden}, follow=True)


def gezien(client, adres):
    """What a check page shows, as its form carries it."""
    return {"gezien": re.search(r'name="gezien" value="([^"]*)"', tekst_ruw(client.get(adres))).group(1)}


def tekst_ruw(antwoord):
    return antwoord.content.decode(errors="replace")
