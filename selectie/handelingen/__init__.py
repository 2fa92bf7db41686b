"""The acts of the selection, one file per flow. The only modules of this app that write."""

from selectie.handelingen.aanmelden import (
    VERANDERD,
    aanmelding_indienen,
    aanmelding_van_bekende,
    code_loopt,
    code_sturen,
    link_sturen,
)
from selectie.handelingen.antwoorden import (
    aanmelding_aanvullen,
    aanmelding_beantwoorden,
    aanvulling_vragen,
    bellen_aankondigen,
    brief_tekst,
    gesproken_over,
    nu_nog_niet_afspreken,
)
from selectie.handelingen.besluit import is_verteld
from selectie.handelingen.concept import (
    AlVerstuurd,
    afdruk,
    concept_bewaren,
    concept_kopieren,
    concept_maken,
    concept_overnemen,
    concept_vinden,
    concepten_opruimen,
    link_vinden,
)
from selectie.handelingen.correctie import besluit_herroepen, gesprek_aanvullen, mening_heropenen
from selectie.handelingen.gesprek import (
    gesprek_afspreken,
    gesprek_vastleggen,
    gesprek_voorstellen,
    moment_kiezen,
    momenten_passen_niet,
)
from selectie.handelingen.keuze import deelname_besluiten, uitzoeken_noteren
from selectie.handelingen.mening import (
    gezamenlijk,
    mening_bewaren,
    mening_geven,
    mening_wijzigen,
    vervolg_van,
)
from selectie.handelingen.namens import (
    namens_beginnen,
    namens_bevestigen,
    namens_bewaren,
    namens_inzien,
    namens_op_papier,
    namens_sturen,
    namens_weggooien,
)
from selectie.handelingen.poort import onafhankelijk_bevestigen, poortpunt_herroepen, vog_vastleggen
from selectie.handelingen.samen import (
    afronden_bevestigen,
    antwoord_na_gesprek,
    besluit_lezen,
    gezien_door_kandidaat,
    is_teruggekomen,
    nieuw_verslag_beginnen,
    nog_eens_praten,
)
from selectie.handelingen.trainers import (
    trainer_ontheffen,
    trainer_toevoegen,
    trainer_vragen,
    trainervraag_beantwoorden,
)
from selectie.handelingen.verslag import verslag_bewaren, verslag_openen, verslag_sturen, verslag_terughalen
from selectie.handelingen.voorstel import instemmen, terugnemen_laten_verlopen, terugnemen_verlopen, voorstel_doen

__all__ = [
    "VERANDERD", "AlVerstuurd",
    "aanmelding_aanvullen", "aanvulling_vragen", "bellen_aankondigen", "brief_tekst", "gesproken_over",
    "nu_nog_niet_afspreken",
    "namens_beginnen", "namens_bevestigen", "namens_bewaren", "namens_inzien", "namens_op_papier", "namens_sturen",
    "namens_weggooien",
    "aanmelding_beantwoorden", "aanmelding_indienen", "aanmelding_van_bekende", "afdruk", "afronden_bevestigen",
    "besluit_herroepen", "code_loopt", "code_sturen", "concept_bewaren",
    "concept_kopieren", "concept_maken", "concept_overnemen", "link_vinden", "concept_vinden", "concepten_opruimen",
    "antwoord_na_gesprek", "besluit_lezen", "gezien_door_kandidaat",
    "deelname_besluiten", "gesprek_aanvullen", "gesprek_afspreken", "gesprek_vastleggen",
    "gezamenlijk", "instemmen", "is_teruggekomen", "is_verteld", "nieuw_verslag_beginnen", "nog_eens_praten",
    "terugnemen_laten_verlopen", "terugnemen_verlopen", "trainer_vragen", "trainervraag_beantwoorden", "vervolg_van",
    "voorstel_doen",
    "gesprek_voorstellen",
    "link_sturen", "mening_bewaren", "mening_geven", "mening_heropenen", "mening_wijzigen", "moment_kiezen",
    "momenten_passen_niet",
    "onafhankelijk_bevestigen", "poortpunt_herroepen", "trainer_ontheffen", "trainer_toevoegen", "uitzoeken_noteren",
    "verslag_bewaren", "verslag_openen", "verslag_sturen", "verslag_terughalen", "vog_vastleggen",
]  # fmt: skip
