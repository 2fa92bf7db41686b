"""When the messages of certifying are true."""

from django.db.models import Q

from lms.kern.berichten import Feit


def _certificaat_geldt(aan):
    return Q(einde="")


FEITEN = {
    "evaluatie_klaar": Feit("certificering.Evaluatie", lambda aan: ~Q(uitkomst="")),
    "certificaat": Feit("certificering.Certificaat", _certificaat_geldt),
    "certificaat_intern": Feit("certificering.Certificaat", _certificaat_geldt),
    "conferentie_terug": Feit("certificering.Conferentie", lambda aan: Q(uitkomst="gestopt")),
    "regio_overgenomen": Feit("kern.Rolvervulling", lambda aan: Q(tot__isnull=True)),
    "scope_geregistreerd": Feit("certificering.Scopeverslag", lambda aan: Q(geregistreerd_om__isnull=False)),
}
