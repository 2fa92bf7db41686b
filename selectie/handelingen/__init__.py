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
    afronden_bevestigen,
    gesprek_vastleggen,
    gesprek_voorstellen,
    moment_kiezen,
    momenten_passen_niet,
)
from selectie.handelingen.keuze import deelname_besluiten, uitzoeken_noteren
from selectie.handelingen.mening import (
    mening_bewaren,
    mening_geven,
    mening_wijzigen,
    trainer_ontheffen,
    trainer_toevoegen,
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
from selectie.handelingen.verslag import verslag_bewaren, verslag_openen, verslag_sturen, verslag_terughalen

__all__ = [
    "VERANDERD", "AlVerstuurd",
    "aanmelding_aanvullen", "aanvulling_vragen", "bellen_aankondigen", "brief_tekst", "gesproken_over",
    "nu_nog_niet_afspreken",
    "namens_beginnen", "namens_bevestigen", "namens_bewaren", "namens_inzien", "namens_op_papier", "namens_sturen",
    "namens_weggooien",
    "aanmelding_beantwoorden", "aanmelding_indienen", "aanmelding_van_bekende", "afdruk", "afronden_bevestigen",
    "besluit_herroepen", "code_loopt", "code_sturen", "concept_bewaren",
    "concept_kopieren", "concept_maken", "concept_overnemen", "link_vinden", "concept_vinden", "concepten_opruimen",
    "deelname_besluiten", "gesprek_aanvullen", "gesprek_vastleggen", "gesprek_voorstellen",
    "link_sturen", "mening_bewaren", "mening_geven", "mening_heropenen", "mening_wijzigen", "moment_kiezen",
    "momenten_passen_niet",
    "onafhankelijk_bevestigen", "poortpunt_herroepen", "trainer_ontheffen", "trainer_toevoegen", "uitzoeken_noteren",
    "verslag_bewaren", "verslag_openen", "verslag_sturen", "verslag_terughalen", "vog_vastleggen",
]  # fmt: skip
