"""Answering the questions about a training after its last day, without a name."""

import secrets

from cursus.models import Deelname, Uitvoering
from cursus.models.reacties import Trainingsreactie, na_afloop
from lms.kern.handelingen import Stil, handeling, vereis
from lms.kern.models import Rol


@handeling(Rol.KANDIDAAT, gesloten_mag=True)
def training_beantwoorden(deelname, *, door, antwoorden):
    """Say once what the own training was like: `antwoorden` [(question, text), …].

    No line in the journal, which would have the moment and the person: Stil. That this person answered is a tick on
    the place; a second time is refused. All answers of the group are written anew in a random order, so that neither
    their place in the table nor the transaction they were written in tells whose they are.
    """
    gegeven = [[vraag, tekst.strip()] for vraag, tekst in antwoorden if tekst.strip()]
    uitvoering = Uitvoering._base_manager.select_for_update(of=("self",)).get(pk=deelname.uitvoering_id)
    vereis(deelname.geplaatst_om and na_afloop(uitvoering), "Dit kan na de laatste dag van je training.")
    vereis(not deelname.reageerde, "Je hebt dit al verstuurd. Dank je wel.")
    vereis(gegeven, "Schrijf bij één van de vragen een antwoord. Eén zin is genoeg.", "vraag_1")
    Deelname.objects.filter(pk=deelname.pk).update(reageerde=True)
    eerder = Trainingsreactie.objects.filter(uitvoering=uitvoering)
    alle = [*eerder.values_list("antwoorden", flat=True), gegeven]
    secrets.SystemRandom().shuffle(alle)
    eerder.delete()
    Trainingsreactie.objects.bulk_create(Trainingsreactie(uitvoering=uitvoering, antwoorden=stuk) for stuk in alle)
    return Stil()
