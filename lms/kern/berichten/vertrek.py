"""Mail for who left: what waits about people that somebody no longer sees is not for this reader any more."""

from lms.kern.berichten.feiten import laten_vervallen, terugnemend
from lms.kern.models import Bericht, Beurt, Gebruiker, Traject


def post_nalopen(persoon: Gebruiker) -> None:
    """After a role or a place ended: unsent messages to this person lapse when they are about a path, or a turn of a
    role, that is no longer in sight. What takes back something that was told still goes.

    `persoon` carries the roles as they are now.
    """
    wacht = Bericht.objects.wachtend().filter(aan=persoon, traject__isnull=False, bezig_om=None)
    rijen = list(wacht.exclude(soort__in=terugnemend()).values_list("pk", "traject", "sleutel"))
    if not rijen:
        return
    beurten = {pk: _nummer(sleutel) for pk, _, sleutel in rijen}
    rol_van: dict[int | None, str] = dict(
        Beurt.objects.filter(pk__in=filter(None, beurten.values())).values_list("pk", "rol")
    )
    trajecten = Traject.objects.filter(pk__in={traject for _, traject, _ in rijen})
    ziet = set(trajecten.zichtbaar_voor(persoon).values_list("pk", flat=True))
    per_rol = {rol: set(trajecten.zichtbaar_als(persoon, rol).values_list("pk", flat=True)) for rol in rol_van.values()}
    weg = [pk for pk, traject, _ in rijen if traject not in per_rol.get(rol_van.get(beurten[pk]) or "", ziet)]
    laten_vervallen(Bericht.objects.filter(pk__in=weg, bezig_om=None))


def _nummer(sleutel: str) -> int | None:
    """The number of the turn that a message is about, or None."""
    soort, _, rest = sleutel.partition(":")
    nummer = rest.partition(":")[0]
    return int(nummer) if soort == "beurt" and nummer.isdecimal() else None
