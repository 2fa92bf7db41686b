from cursus.views.agenda import agenda_aanmelden, agenda_afmelden, agenda_detail, mijn_agenda
from cursus.views.belangstelling import belangstelling, belangstelling_afmelden, belangstelling_bevestigen
from cursus.views.bladen import kringblad, rollenspel
from cursus.views.bureau import bureau_plaatsen
from cursus.views.dag import trainer_dag
from cursus.views.deelnemers import bureau_agenda, bureau_deelnemers
from cursus.views.groepen import trainer_groep, trainer_groepen, trainer_lijst
from cursus.views.kalender import agenda_ics, eigen_ics, mijn_kalender
from cursus.views.lessen import les_schrijven, les_zoeken
from cursus.views.opdrachten import opdracht, opdracht_terug, trainer_lessen, trainer_opdracht
from cursus.views.plaatsen import mijn_aanbod, mijn_afmelden, mijn_bijeenkomst, mijn_training
from cursus.views.reacties import trainer_reacties, training_reactie
from cursus.views.schrift import mijn_schrift
from cursus.views.trainersplek import trainersplek
from cursus.views.vindbaar import SITEMAPS, nieuws_rss
from cursus.views.wensen import mijn_wensen, trainer_zorg

__all__ = [
    "agenda_detail", "agenda_ics", "bureau_plaatsen", "eigen_ics", "les_schrijven", "les_zoeken", "mijn_schrift",
    "opdracht", "opdracht_terug", "trainer_lessen", "trainer_opdracht", "mijn_aanbod", "mijn_afmelden",
    "mijn_bijeenkomst", "mijn_kalender", "mijn_training", "trainer_dag", "trainer_groep", "trainer_groepen",
    "kringblad", "rollenspel", "trainer_reacties", "training_reactie",
    "SITEMAPS", "agenda_aanmelden", "agenda_afmelden", "belangstelling", "belangstelling_afmelden",
    "belangstelling_bevestigen", "bureau_agenda", "bureau_deelnemers",
    "mijn_agenda", "mijn_wensen", "nieuws_rss", "trainer_lijst", "trainer_zorg", "trainersplek",
]  # fmt: skip
