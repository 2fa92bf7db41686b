"""What happens with every field that can hold something about a person, and when. One table for what, one for when; a
test fails on a field that is not in the first, and on one that is erased and stands in no line of the second.

geef + wis   content of the person: in the download, erased when the papers go geef         of the person, kept:
registration, certificate, own account; the account is blanked when a person leaves team + wis   written by staff about
the person: given on request once it may be shown (invariant 4), erased with the papers bewaar       who did what:
stays, signed, also when its content is erased geen         not about a person: codes, planning, texts of the training
"""

from dataclasses import dataclass, field

from lms.kern.models import Bewaartermijn

Soort = Bewaartermijn.Soort
GEEF_WIS, GEEF, TEAM_WIS, BEWAAR, GEEN = "geef + wis", "geef", "team + wis", "bewaar", "geen"

VELDEN = {
    "kern.Regio": {"naam": GEEN},
    "kern.Taal": {"naam": GEEN},
    "kern.Gebruiker": {
        "password": GEEN, "email": GEEF, "voornaam": GEEF, "tussenvoegsel": GEEF, "achternaam": GEEF,
        "naam_op_certificaat": GEEF,
        "telefoon": GEEF, "woonplaats": GEEF, "zoek": GEEN, "sessiezout": GEEN,
    },
    "kern.Rolvervulling": {"gebruiker": GEEF},
    "kern.Traject": {"kandidaat": GEEF},
    "kern.Beurt": {"code": GEEN, "persoon": BEWAAR},
    "kern.Journaalregel": {
        "over": BEWAAR, "handeling": BEWAAR, "door": BEWAAR, "namens": BEWAAR, "reden_code": GEEN, "verzoek_id": GEEN,
        "gegevens": GEEN,
    },
    "kern.Bericht": {
        "aan": GEEF, "adres": GEEF_WIS, "soort": GEEN, "sleutel": GEEN, "gegevens": GEEN, "geheim": GEEN,
        "onderwerp": GEEF,
    },
    "kern.Toegangsvoorstel": {
        "over": BEWAAR, "nieuw_adres": GEEF, "afdruk": GEEN, "reden": TEAM_WIS, "door": BEWAAR,
        "bevestigd_door": BEWAAR, "ingetrokken_door": BEWAAR,
    },
    "kern.Accountmail": {"aan": GEEF_WIS, "onderwerp": GEEF_WIS, "tekst": GEEF_WIS},
    "kern.Toestemming": {"gebruiker": GEEF, "waarvoor": GEEF},
    "kern.Taalkennis": {"gebruiker": GEEF},
    "kern.Agendaregel": {"persoon": GEEF_WIS, "soort": GEEN, "titel": GEEF, "plek": GEEF},
    "kern.Kladje": {"gebruiker": GEEF_WIS, "adres": GEEN, "vorm": GEEN, "welk": GEEN, "velden": GEEF_WIS},
    "kern.Taak": {"naam": GEEN, "fout": GEEN},
    "kern.Groepsdaad": {"handeling": GEEN, "door": BEWAAR, "gegevens": GEEN, "sleutel": GEEN},
    "kern.Groepsdeel": {"model": GEEN, "zin": GEEN},
    "kern.Instelling": {"code": GEEN, "waarde": GEEN},
    "kern.Bestand": {"soort": GEEN, "naam": GEEF_WIS, "mime": GEEN, "inhoud": GEEF_WIS},
    "cursus.Contactgegevens": {"telefoon": GEEN, "email": GEEN, "website": GEEN, "openingstijden": GEEN},
    "cursus.Veiligheidsafspraken": {"tekst": GEEN, "adres": GEEN},
    "cursus.Locatie": {"link": GEEN, "naam": GEEN, "plaats": GEEN, "adres": GEEN, "postcode4": GEEN, "ov": GEEN,
    "parkeren": GEEN, "lunch": GEEN},
    "cursus.Uitvoering": {"link": GEEN, "titel": GEEN, "wie_zoeken_we": GEEN, "afgelast_reden": GEEN},
    "cursus.Trainerschap": {"trainer": BEWAAR},
    "cursus.Kalenderadres": {"gebruiker": GEEF, "token_hash": GEEN},
    "cursus.Datumwens": {"gezien": GEEN},
    "cursus.Belnotitie": {"door": BEWAAR, "tekst": TEAM_WIS},
    "cursus.Aanwezigheid": {"reden": TEAM_WIS, "door": BEWAAR},
    "cursus.Agendaplek": {"gebruiker": GEEF_WIS},
    "cursus.Trainingswens": {"talen": GEEF_WIS, "wensen": GEEF_WIS},
    "cursus.Trainingszorg": {"dieet": GEEF_WIS, "toegang": GEEF_WIS},
    "cursus.Belangstellende": {"email": GEEF_WIS},
    "cursus.Voortgang": {"gebruiker": GEEF_WIS},
    "cursus.Trainingsreactie": {"antwoorden": GEEN},
    "cursus.Notitie": {"vraag": GEEN, "vraagtekst": GEEN, "tekst": GEEF_WIS},
    "cursus.Inlevering": {"tekst": GEEF_WIS, "antwoord": TEAM_WIS, "beantwoord_door": BEWAAR},
    "selectie.Aanmeldconcept": {"token_hash": GEEN, "link_hash": GEEN, "gegevens": GEEF_WIS, "code_hash": GEEN,
    "bureau": BEWAAR},
    "selectie.Aanmelding": {"beantwoord_door": BEWAAR},
    "selectie.Aanmeldbrief": {"tekst": GEEF_WIS, "door": BEWAAR, "antwoord": GEEF_WIS, "beantwoord_door": BEWAAR},
    "selectie.Brief": {"motivatie": GEEF_WIS, "cv": GEEF_WIS, "toelichting_onafhankelijk": GEEF_WIS},
    "selectie.Deelnamebesluit": {"door": BEWAAR, "herroepen_door": BEWAAR, "herroepen_reden": TEAM_WIS},
    "selectie.Uitzoeknotitie": {"door": BEWAAR, "tekst": GEEF_WIS},
    "selectie.Poortpunt": {"door": BEWAAR, "herroepen_door": BEWAAR, "herroepen_reden": TEAM_WIS},
    "selectie.Profieltekst": {"code": GEEN, "tekst": GEEN, "je": GEEN, "uitleg": GEEN, "onderdelen": GEEN},
    "selectie.Verslag": {"taken_tekst": GEEF_WIS, "waarom": GEEF_WIS},
    "selectie.Antwoord": {"tekst": GEEF_WIS},
    "selectie.Mening": {"trainer": BEWAAR, "reactie": TEAM_WIS, "notitie": TEAM_WIS, "concept": TEAM_WIS,
    "ontheven_reden": TEAM_WIS},
    "selectie.Puntreactie": {"code": GEEN, "tekst": TEAM_WIS},
    "selectie.Meningversie": {"reactie": TEAM_WIS, "notitie": TEAM_WIS, "punten": TEAM_WIS, "reden": TEAM_WIS},
    "selectie.Gesprekaanvulling": {"door": BEWAAR, "tekst": TEAM_WIS, "reden": TEAM_WIS},
    "selectie.Gesprek": {
        "plek": GEEF_WIS, "vastgelegd_door": BEWAAR, "aanwezigen": TEAM_WIS, "afspraken": TEAM_WIS,
        "andere_dagen": GEEF_WIS,
    },
    "selectie.Gespreksantwoord": {"door": BEWAAR, "opmerking": GEEF_WIS},
    "selectie.Voorstel": {"door": BEWAAR, "reden": TEAM_WIS},
    "selectie.Instemming": {"trainer": BEWAAR, "waarom": TEAM_WIS},
    "selectie.Trainervraag": {"door": BEWAAR, "waarom": TEAM_WIS, "antwoord": TEAM_WIS},
    "selectie.Gespreksmoment": {"plek": GEEF_WIS},
    "selectie.Besluit": {"door": BEWAAR, "herroepen_door": BEWAAR, "herroepen_reden": TEAM_WIS,
    "toelichting": TEAM_WIS},
    "certificering.Conferentie": {"referentie": GEEF, "telt_reden": TEAM_WIS, "telt_reactie": GEEF_WIS,
    "geteld_door": BEWAAR},
    "certificering.Evaluatie": {
        "kandidaat_tekst": GEEF_WIS, "kandidaat_taken": GEEF_WIS, "regiomanager_door": BEWAAR,
        "regiomanager_tekst": TEAM_WIS,
        "regiomanager_taken": TEAM_WIS, "afspraken": TEAM_WIS, "derde": TEAM_WIS, "oneens_tekst": GEEF_WIS,
    },
    "certificering.Certificaat": {"nummer": GEEF, "gegevens": GEEF, "einde_reden": TEAM_WIS},
    "certificering.Registratiestand": {"reden": TEAM_WIS, "door": BEWAAR},
    "certificering.Scopeverslag": {"herstel_waarom": GEEF_WIS, "groep_waarom": GEEF_WIS},
    "certificering.Scopereactie": {"trainer": BEWAAR, "tekst": TEAM_WIS},
}  # fmt: skip


@dataclass(frozen=True)
class Papier:
    """When the fields of one model that are erased (`+ wis` above) go, for somebody who succeeds.

    With a path that has ended, and seven years after a registration, all of them go. `naar`: from the row to its
    traject. `rij_weg`: there is nothing else in the row, so it goes whole. `waar`: which rows. `tot`: the moment that
    lies at most on the day from which the term counts.
    """

    soort: str
    naar: str = "traject"
    rij_weg: bool = False
    waar: dict = field(default_factory=dict)
    tot: str = ""


_EK1, _EK2 = {"soort": "EK1"}, {"soort": "EK2"}
PAPIEREN = {
    "selectie.Brief": (Papier(Soort.BRIEF, "aanmelding__traject", rij_weg=True),),
    "selectie.Aanmeldbrief": (Papier(Soort.BRIEF),),
    "cursus.Belnotitie": (Papier(Soort.BRIEF),),
    "selectie.Deelnamebesluit": (Papier(Soort.VERSLAG),),
    "selectie.Uitzoeknotitie": (Papier(Soort.VERSLAG),),
    "selectie.Verslag": (Papier(Soort.VERSLAG),),
    "selectie.Antwoord": (Papier(Soort.VERSLAG, "verslag__traject", rij_weg=True),),
    "selectie.Puntreactie": (Papier(Soort.VERSLAG, "mening__verslag__traject", rij_weg=True),),
    "selectie.Meningversie": (Papier(Soort.VERSLAG, "mening__verslag__traject", rij_weg=True),),
    "selectie.Mening": (Papier(Soort.VERSLAG, "verslag__traject"),),
    "selectie.Gesprekaanvulling": (Papier(Soort.VERSLAG, "gesprek__verslag__traject", rij_weg=True),),
    "selectie.Gespreksmoment": (Papier(Soort.VERSLAG, "gesprek__verslag__traject", rij_weg=True),),
    "selectie.Gesprek": (Papier(Soort.VERSLAG, "verslag__traject"),),
    "selectie.Gespreksantwoord": (Papier(Soort.VERSLAG, "gesprek__verslag__traject"),),
    "selectie.Voorstel": (Papier(Soort.VERSLAG, "verslag__traject"),),
    "selectie.Instemming": (Papier(Soort.VERSLAG, "voorstel__verslag__traject"),),
    "selectie.Trainervraag": (Papier(Soort.VERSLAG, "verslag__traject"),),
    "selectie.Besluit": (Papier(Soort.VERSLAG, "verslag__traject"),),
    "selectie.Poortpunt": (Papier(Soort.VERSLAG),),
    "cursus.Aanwezigheid": (Papier(Soort.VERSLAG, waar=_EK1), Papier(Soort.SCOPE, waar=_EK2)),
    "cursus.Notitie": (Papier(Soort.VERSLAG, rij_weg=True, waar=_EK1), Papier(Soort.SCOPE, rij_weg=True, waar=_EK2)),
    "cursus.Inlevering": (
        Papier(Soort.VERSLAG, rij_weg=True, waar=_EK1),
        Papier(Soort.SCOPE, rij_weg=True, waar=_EK2),
    ),
    "cursus.Trainingswens": (
        Papier(Soort.VERSLAG, rij_weg=True, waar=_EK1),
        Papier(Soort.SCOPE, rij_weg=True, waar=_EK2),
    ),
    "cursus.Trainingszorg": (Papier(Soort.JOURNAAL, rij_weg=True),),  # by itself the day after the last day
    "certificering.Evaluatie": (
        Papier(Soort.EVALUATIE, "conferentie__traject", waar={"vastgesteld_om__isnull": False}),
    ),
    "certificering.Scopeverslag": (Papier(Soort.SCOPE, tot="geregistreerd_om"),),
    "certificering.Scopereactie": (Papier(Soort.SCOPE, "scopeverslag__traject", tot="scopeverslag__geregistreerd_om"),),
    "certificering.Conferentie": (Papier(Soort.JOURNAAL),),
    "certificering.Certificaat": (Papier(Soort.JOURNAAL),),
    "certificering.Registratiestand": (Papier(Soort.JOURNAAL, "registratie__traject"),),
    "kern.Bestand": (
        Papier(Soort.BRIEF, rij_weg=True, waar={"soort__in": ("brief", "cv")}),
        Papier(Soort.VERSLAG, rij_weg=True, waar={"soort": "opdracht_EK1"}),
        Papier(Soort.SCOPE, rij_weg=True, waar={"soort": "opdracht_EK2"}),
    ),
}

# The database asks that something stands here: then it says that it was erased.
NIET_LEEG = {
    ("cursus.Aanwezigheid", "reden"), ("certificering.Conferentie", "telt_reden"),
    ("certificering.Certificaat", "einde_reden"),
}  # fmt: skip
GEWIST = "gewist"
WANNEER_GEWIST = {"selectie.Besluit": "gewist_om"}  # a field that says when the texts went

# Rows of the account, not of a path: they go when nothing else binds somebody to us. `{model: path to the person}`.
VAN_DE_PERSOON = {
    "kern.Kladje": "gebruiker", "kern.Agendaregel": "persoon", "kern.Toegangsvoorstel": "over",
    "kern.Taalkennis": "gebruiker", "cursus.Agendaplek": "gebruiker", "cursus.Voortgang": "gebruiker",
    "cursus.Kalenderadres": "gebruiker",
    "account.EmailConfirmation": "email_address__user", "account.EmailAddress": "user",
    "mfa.Authenticator": "user", "usersessions.UserSession": "user",
}  # fmt: skip

# What is erased by a job of its own, sooner: {model: the job in `onderhoud`}.
EIGEN_TAAK = {
    "selectie.Aanmeldconcept": "concepten opgeruimd",
    "kern.Accountmail": "oude accountmail gewist",
    "kern.Bericht": "oude accountmail gewist",
    "cursus.Belangstellende": "niet bevestigde adressen gewist",
}
