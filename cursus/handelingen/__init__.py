"""The acts of the course. Only this package writes planning facts, places, attendance and progress."""

from cursus.handelingen.aanbod import aanbod_aannemen, aanbod_laten_verlopen, plek_aanbieden, plekken_aanbieden
from cursus.handelingen.aanwezigheid import (
    aanwezigheid_vastleggen,
    aanwezigheid_verbeteren,
    dag_inhalen,
    dag_vrijstellen,
)
from cursus.handelingen.agendaplekken import (
    agendaplek_afgelasten,
    agendaplek_afmelden,
    agendaplek_doorschuiven,
    agendaplek_geven,
    agendaplek_plaatsen,
    agendaplek_vragen,
    agendaplekken_doorschuiven,
)
from cursus.handelingen.belangstelling import (
    belangstelling_bevestigen,
    belangstelling_melden,
    belangstelling_opruimen,
    belangstelling_stoppen,
    belangstelling_vragen,
)
from cursus.handelingen.bellen import belnotitie_vastleggen
from cursus.handelingen.kalender import (
    gebruiker_van_kalender,
    herinneringen_maken,
    kalenderadres_intrekken,
    kalenderadres_maken,
)
from cursus.handelingen.lessen import les_afronden
from cursus.handelingen.notities import lesnotities_bewaren, notitie_delen, notitie_niet_delen
from cursus.handelingen.opdrachten import opdracht_beantwoorden, opdracht_inleveren, opdracht_terughalen
from cursus.handelingen.planning import (
    afgelasten_met_mensen,
    bijwerken_na_planning,
    dag_afgelasten,
    deelname_afgelasten,
    locatie_maken,
    locatie_wijzigen,
    nieuwe_data_melden,
    traject_na_planning,
    uitvoering_afgelasten,
    uitvoering_maken,
    uitvoering_wijzigen,
)
from cursus.handelingen.plekken import (
    bezet,
    datumwens_doorgeven,
    deelname_aanvragen,
    deelname_afmelden,
    deelname_plaatsen,
    is_laat,
    plaatsen,
    vervang,
    verwacht,
)
from cursus.handelingen.reacties import training_beantwoorden
from cursus.handelingen.trainers import (
    einden_van_plek,
    groepen_compleet_melden,
    trainers_laten_weten,
    trainersplek_beeindigen,
)
from cursus.handelingen.wensen import (
    trainingswens_bewaren,
    trainingszorg_bewaren,
    trainingszorg_wissen,
    zorg_inzien,
    zorg_opruimen,
)
from cursus.models import mag_ek2

__all__ = [
    "aanbod_aannemen", "aanbod_laten_verlopen", "plek_aanbieden", "plekken_aanbieden",
    "gebruiker_van_kalender", "herinneringen_maken", "kalenderadres_intrekken", "kalenderadres_maken",
    "aanwezigheid_vastleggen", "aanwezigheid_verbeteren", "afgelasten_met_mensen", "bezet", "bijwerken_na_planning",
    "dag_afgelasten", "dag_inhalen", "dag_vrijstellen",
    "datumwens_doorgeven", "deelname_aanvragen", "deelname_afgelasten", "deelname_afmelden", "deelname_plaatsen",
    "les_afronden", "lesnotities_bewaren", "locatie_maken",
    "locatie_wijzigen", "mag_ek2", "nieuwe_data_melden", "notitie_delen", "notitie_niet_delen",
    "opdracht_beantwoorden", "opdracht_inleveren",
    "opdracht_terughalen", "plaatsen", "traject_na_planning", "uitvoering_afgelasten", "uitvoering_maken",
    "uitvoering_wijzigen", "vervang", "verwacht",
    "einden_van_plek", "groepen_compleet_melden", "is_laat", "trainers_laten_weten", "trainersplek_beeindigen",
    "belnotitie_vastleggen", "training_beantwoorden",
    "agendaplek_afgelasten", "agendaplek_afmelden", "agendaplek_doorschuiven", "agendaplek_geven",
    "agendaplek_plaatsen", "agendaplek_vragen", "agendaplekken_doorschuiven",
    "belangstelling_bevestigen", "belangstelling_melden", "belangstelling_opruimen", "belangstelling_stoppen",
    "belangstelling_vragen",
    "trainingswens_bewaren", "trainingszorg_bewaren", "trainingszorg_wissen", "zorg_inzien", "zorg_opruimen",
]  # fmt: skip
