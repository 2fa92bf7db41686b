"""Django's admin: facts to look at, for the superuser only, and nothing to change: acts write, the admin reads.

What may be seen is an allow-list of models and of their fields: a new one is not shown until it is listed here. Nothing
that somebody wrote, and nothing that was written about somebody, is in it: that belongs to the people in it. Every look
is journaled.
"""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote

from lms.kern.handelingen.beheer import beheer_inzien

TE_ZIEN = {
    "kern.Regio": ("naam",),
    "kern.Taal": ("naam", "volgorde"),
    "kern.Gebruiker": ("email", "voornaam", "tussenvoegsel", "achternaam", "is_active", "is_staff", "is_superuser",
    "last_login", "aangemaakt_om"),
    "kern.Rolvervulling": ("gebruiker", "rol", "regio", "van", "tot"),
    "kern.Traject": ("kandidaat", "regio", "begonnen_op", "afgesloten_op", "afsluiting", "stap", "stap_sinds"),
    "kern.Beurt": ("traject", "code", "rol", "persoon", "feit", "sinds", "vanaf", "uiterlijk_op"),
    "kern.Journaalregel": ("om", "handeling", "traject", "over", "door", "als", "namens", "van", "naar", "reden_code",
    "gegevens"),
    "kern.Bericht": ("aan", "traject", "soort", "klaar_om", "bezig_om", "pogingen", "verstuurd_om", "vervallen_om",
    "onzeker_om", "bundelen"),
    "kern.Toestemming": ("gebruiker", "waarvoor", "tekstversie"),
    "kern.Taalkennis": ("gebruiker", "taal"),
    "kern.Taak": ("naam", "klaar_om", "aantal", "mislukt_om", "fout"),
    "kern.Instelling": ("code", "waarde", "sinds"),
    "cursus.Locatie": ("naam", "plaats", "adres", "postcode4", "online", "rolstoel", "max_personen"),
    "cursus.Uitvoering": ("soort", "titel", "locatie", "regio", "capaciteit", "minimum", "publiceren_op",
    "afgelast_om"),
    "cursus.Bijeenkomst": ("uitvoering", "nr", "begint_om", "eindigt_om"),
    "cursus.Trainerschap": ("uitvoering", "trainer", "tot"),
    "cursus.Deelname": ("traject", "uitvoering", "soort", "gevraagd_om", "geplaatst_om", "afgemeld_om", "afmelding"),
    "cursus.Aanwezigheid": ("traject", "soort", "nr", "bijeenkomst", "resultaat"),
    "cursus.Agendaplek": ("gebruiker", "uitvoering", "gevraagd_om", "geplaatst_om", "afgemeld_om"),
    "selectie.Aanmelding": ("traject", "ingediend_om", "antwoord", "beantwoord_om"),
    "selectie.Profieltekst": ("code", "versie", "groep", "volgorde", "tekst", "je"),
    "selectie.Deelnamebesluit": ("traject", "om", "herroepen_om"),
    "selectie.Poortpunt": ("traject", "punt", "om", "door", "herroepen_om"),
    "certificering.Conferentie": ("traject", "referentie", "regio", "ingeschakeld_op", "gehouden_op", "telt_mee"),
    "certificering.Certificaat": ("traject", "nummer", "uitgegeven_op", "einde"),
    "certificering.Registratie": ("traject", "geregistreerd_op", "beschikbaar", "beschikbaar_vanaf"),
    "certificering.Registratiestand": ("registratie", "stand", "van", "tot"),
    "certificering.Werkgebied": ("registratie", "regio", "van", "tot"),
}  # fmt: skip


class AlleenLezen(admin.ModelAdmin):
    """A list and a detail page of the listed fields; no adding, changing, deleting, bulk action, or asking what is
    not shown.
    """

    alleen_lezen = True
    actions = None
    list_per_page = 50
    show_full_result_count = False
    velden = ()

    def get_fields(self, request, obj=None):
        return self.velden

    def get_list_display(self, request):
        return ("pk", *self.velden)

    def lookup_allowed(self, lookup, value, request=None):
        """No filter by address: a yes or no about a hidden field is telling it."""
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # every look, one line: a list, a row, its (empty) history
    def changelist_view(self, request, extra_context=None):
        if self.has_view_permission(request):
            beheer_inzien(door=request.user, model=self.model)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._rij_noteren(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        self._rij_noteren(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def _rij_noteren(self, request, object_id):
        rij = self.get_object(request, unquote(object_id)) if object_id and self.has_view_permission(request) else None
        if rij is not None:
            beheer_inzien(door=request.user, model=self.model, rij=rij)


for _label, _velden in TE_ZIEN.items():
    admin.site.register(
        apps.get_model(_label), type(f"{_label.split('.')[1]}Lezen", (AlleenLezen,), {"velden": _velden})
    )
