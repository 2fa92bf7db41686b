"""A page with several forms: the hidden field `wat` says which one was sent."""

from django.contrib import messages
from django.shortcuts import redirect

TE_LAAT = "Dit kan hier nu niet meer. Kijk wat er nu staat."


class Formulieren:
    """The forms of one page by name. `open`: the names that belong on the page now.

    A form that was sent and refused stays on the page with its text, also when it does not belong there any more.
    """

    def __init__(self, request, soorten, *, open):
        self.request, self.soorten = request, soorten
        self.wat = request.POST.get("wat", "") if request.method == "POST" else ""
        namen = [naam for naam in soorten if naam in open or naam == self.wat]
        self.forms = {naam: self._maak(naam) for naam in namen}

    def _maak(self, naam):
        klasse, velden = self.soorten[naam]
        gegevens = self.request.POST if naam == self.wat else None
        return klasse(gegevens, auto_id=f"id_{naam}_%s", **velden)

    @property
    def gestuurd(self):
        """The form that was sent, or None; says so when it is no form of this page."""
        if self.request.method == "POST" and self.wat not in self.forms:
            messages.error(self.request, TE_LAAT)
        return self.forms.get(self.wat)

    def verwerk(self, acten, onderwerp, *, terug, **extra):
        """Do the act of the form that was sent: a redirect when it was done, else None.

        `acten`: {name: (act, sentence)}.
        """
        form = self.gestuurd
        if form is None:
            return None
        handeling, zin = acten[self.wat]
        if not form.uitvoeren(handeling, onderwerp, door=self.request.user, **extra):
            if not getattr(form, "veranderd", False):
                return None
            messages.warning(self.request, form.non_field_errors()[0])
            return redirect(terug)
        messages.success(self.request, zin)
        return redirect(terug)
