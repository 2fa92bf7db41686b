"""The page on which something ends: what is open, who takes it over, and the end itself, in one act."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from lms.kern.formulieren import NakijkForm
from lms.kern.overdracht import let_op, openstaand
from lms.kern.schermen import gepost
from lms.kern.velden import soms_nodig


class OverdrachtForm(NakijkForm):
    """Per duty that is open a choice of who takes it over. What goes by itself has no field.

    Whether a choice is missing is said by the act, at its field.
    """

    use_required_attribute = False

    def __init__(self, *args, einden, **kwargs):
        super().__init__(*args, **kwargs)
        self.soorten = []  # [(title, [(Openstaand, name of its field or "")])]
        self.let_op = [zin for einde in einden for zin in let_op(einde)]
        for einde in einden:
            for plicht, dingen in openstaand(einde):
                if dingen:
                    self.soorten.append((plicht.titel, [(ding, self._veld(plicht, ding)) for ding in dingen]))

    def _veld(self, plicht, ding):
        if not ding.keuzes():
            return ""
        keuzes = [("", "Kies wie"), *ding.keuzes()]
        veld = forms.ChoiceField(label=f"Wie neemt dit over? {ding.wat}", required=False, choices=keuzes)
        naam = plicht.sleutel(ding)
        self.fields[naam] = soms_nodig(veld)
        return naam

    def open(self):
        """[(title, [(Openstaand, its bound field or None)])] for on the page."""
        return [
            (titel, [(ding, self[naam] if naam else None) for ding, naam in dingen]) for titel, dingen in self.soorten
        ]

    def eigen(self):
        """The other fields, to read after them."""
        over = {naam for _, dingen in self.soorten for _, naam in dingen}
        return [veld for veld in self.visible_fields() if veld.name not in over]

    def waarden(self):
        over = {naam for _, dingen in self.soorten for _, naam in dingen if naam}
        waarden = super().waarden()
        return {naam: waarde for naam, waarde in waarden.items() if naam not in over} | {
            "overdracht": {naam: waarden[naam] for naam in over if waarden.get(naam)}
        }


@dataclass(frozen=True)
class Eindepagina:
    """The words of a page on which something ends, and where it leads back to."""

    persoon: object
    titel: str
    knop: str
    terug: str
    terug_naam: str
    gedaan: str


def einde_tonen(request, pagina, act, onderwerp, einden, *, soort=OverdrachtForm, **extra):
    """Show what is open and do the act. What came up between reading and pressing is read first."""
    form = soort(gepost(request), einden=einden, gezien=act.afdruk(onderwerp, request.user))
    if request.method == "POST":
        if form.uitvoeren(act, onderwerp, door=request.user, **extra):
            messages.success(request, pagina.gedaan)
            return redirect(pagina.terug)
        if form.veranderd:
            messages.warning(request, form.non_field_errors()[0])
            return redirect(request.path)
    return render(request, "onderdelen/einde.html", {"pagina": pagina, "form": form})
