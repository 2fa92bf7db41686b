from cursus.views.agenda import agenda_detail
from cursus.views.bureau import bureau_plaatsen
from cursus.views.dag import trainer_dag
from cursus.views.groepen import trainer_groep, trainer_groepen
from cursus.views.lessen import les_klaar
from cursus.views.plaatsen import mijn_afmelden, mijn_bijeenkomst, mijn_training

__all__ = [
    "agenda_detail", "bureau_plaatsen", "les_klaar", "mijn_afmelden", "mijn_bijeenkomst", "mijn_training", "trainer_dag", "trainer_groep", "trainer_groepen",
]  # fmt: skip
