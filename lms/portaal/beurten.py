"""Where a turn leads: the address of the page in its row of BEURTEN."""

from django.urls import reverse

from cursus.models import Bijeenkomst


def _dag(beurt):
    return Bijeenkomst.objects.filter(pk=beurt.feit).values_list("uitvoering", "nr").first()


def adres_van(beurt):
    """The page where this turn is done; None when its day is gone."""
    pagina = beurt.aanzet.paginas[beurt.rol]
    match pagina.met:
        case "traject":
            return reverse(pagina.naam, args=[beurt.traject_id])
        case "feit":
            return reverse(pagina.naam, args=[beurt.feit])
        case "vraag":
            return f"{reverse(pagina.naam)}?rij={beurt.feit}"
        case "dag":
            dag = _dag(beurt)
            return reverse(pagina.naam, args=dag) if dag else None
    return reverse(pagina.naam)
