from cursus.views.agenda import agenda_detail
from cursus.views.bureau import bureau_plaatsen
from cursus.views.dag import trainer_dag
from cursus.views.groepen import trainer_groep, trainer_groepen
from cursus.views.kalender import agenda_ics, eigen_ics, mijn_kalender
from cursus.views.lessen import les_schrijven, les_zoeken
from cursus.views.opdrachten import mijn_lessen, opdracht, opdracht_terug, trainer_lessen, trainer_opdracht
from cursus.views.plaatsen import mijn_aanbod, mijn_afmelden, mijn_bijeenkomst, mijn_training

__all__ = [
    "agenda_detail", "agenda_ics", "bureau_plaatsen", "eigen_ics", "les_schrijven", "les_zoeken", "mijn_lessen", "opdracht", "opdracht_terug", "trainer_lessen", "trainer_opdracht", "mijn_aanbod", "mijn_afmelden", "mijn_bijeenkomst", "mijn_kalender", "mijn_training", "trainer_dag", "trainer_groep", "trainer_groepen",
]  # fmt: skip
