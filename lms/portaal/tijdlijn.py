"""What happened, in words. The candidate's timeline is an allow-list with own sentences; staff see the acts by name."""

from lms.kern.models import Journaalregel, Rol

# act -> (sentence when the candidate did it, sentence when somebody else did; {wie} is that person's first name)
VOOR_KANDIDAAT = {
    "aanmelding_indienen": ("Je stuurde je brief en cv", "Je brief en cv zijn binnen"),
    "aanmelding_van_bekende": ("Je stuurde je brief en cv", "Je brief en cv zijn binnen"),
    "namens_bevestigen": ("Je bevestigde je aanmelding", "Je aanmelding is bevestigd"),
    "namens_op_papier": ("", "Je brief en cv zijn binnen"),
    "aanmelding_beantwoorden": ("", "Je bent uitgenodigd voor een informatiebijeenkomst"),
    "aanvulling_vragen": ("", "We stelden je een vraag over je aanmelding"),
    "aanmelding_aanvullen": ("Je vulde je aanmelding aan", "Je aanmelding is aangevuld"),
    "bellen_aankondigen": ("", "We schreven je dat we je graag bellen"),
    "belnotitie_vastleggen": ("", "{wie} praatte met je"),
    "deelname_aanvragen": ("Je meldde je aan", "{wie} meldde je aan"),
    "deelname_plaatsen": ("", "{wie} gaf je een plek"),
    "plek_aanbieden": ("", "Er kwam een plek vrij voor je"),
    "aanbod_aannemen": ("Je nam de plek", "{wie} nam de plek voor je aan"),
    "deelname_afmelden": ("Je meldde je af", "{wie} meldde je af"),
    "deelname_afgelasten": ("", "Een bijeenkomst ging niet door"),
    "dag_afgelasten": ("", "De dag die je zou inhalen, ging niet door"),
    "aanwezigheid_vastleggen": ("", "{wie} schreef op of je er was"),
    "aanwezigheid_verbeteren": ("", "{wie} verbeterde je aanwezigheid"),
    "dag_inhalen": ("", "{wie} plande een inhaaldag voor je"),
    "dag_vrijstellen": ("", "Je hoeft een dag niet te volgen"),
    "deelname_besluiten": ("Je maakte je keuze", "{wie} legde je keuze vast"),
    "uitzoeken_noteren": ("Je schreef een notitie", "{wie} schreef een notitie over jullie gesprek"),
    "notitie_delen": ("Je deelde een notitie met je trainers", ""),
    "notitie_niet_delen": ("Je stopte met het delen van een notitie", ""),
    "opdracht_inleveren": ("Je leverde een thuisopdracht in", ""),
    "opdracht_terughalen": ("Je haalde een thuisopdracht terug", ""),
    "opdracht_beantwoorden": ("", "{wie} antwoordde op je thuisopdracht"),
    "verslag_bewaren": ("Je werkte aan je verslag", ""),
    "verslag_sturen": ("Je stuurde je verslag", ""),
    "verslag_terughalen": ("Je haalde je verslag terug", ""),
    "gesprek_voorstellen": ("", "Je trainers stelden momenten voor een gesprek voor"),
    "moment_kiezen": ("Je koos een moment voor een gesprek", "{wie} koos met jou een moment"),
    "momenten_passen_niet": ("Je vroeg om andere momenten", "{wie} vroeg om andere momenten"),
    "gesprek_vastleggen": ("", "{wie} schreef jullie gesprek op"),
    "gesprek_afspreken": ("", "{wie} sprak met jou een moment voor een gesprek af"),
    "antwoord_na_gesprek": ("Je gaf je antwoord na het gesprek", "Je antwoord na het gesprek is opgeschreven"),
    "nieuw_verslag_beginnen": ("Je begon een nieuw verslag", "Je nieuwe verslag staat klaar"),
    "nog_eens_praten": ("Je vroeg om een gesprek", "Je vroeg om een gesprek"),
    "gesprek_aanvullen": ("", "{wie} verbeterde wat er over jullie gesprek staat"),
    "afronden_bevestigen": ("Je rondde je traject af", "Je traject is afgerond"),
    "vog_vastleggen": ("", "Het bureau heeft je VOG gezien"),
    "onafhankelijk_bevestigen": ("Je bevestigde dat je onafhankelijk bent", "Je onafhankelijkheid is bevestigd"),
    "conferentie_vragen": ("", "{wie} vroeg je voor een conferentie"),
    "conferentie_vastleggen": ("Je schreef op hoe de conferentie ging", ""),
    "conferentie_tellen": ("", "{wie} keek of je conferentie meetelt"),
    "telling_beantwoorden": ("Je reageerde op de telling", ""),
    "telling_herzien": ("", "Het bureau keek opnieuw of je conferentie meetelt"),
    "nazorg_vastleggen": ("Je had contact na vier weken", ""),
    "evaluatie_kandidaat": ("Je keek terug op je conferentie", ""),
    "evaluatiegesprek_vastleggen": ("", "{wie} schreef jullie evaluatiegesprek op"),
    "evaluatie_akkoord": ("Je reageerde op de evaluatie", ""),
    "evaluatie_afronden": ("", "{wie} rondde de evaluatie af"),
    "traject_afronden": ("Je rondde je traject af", "Je traject is afgerond"),
    "certificaat_vervangen": ("", "Je kreeg een nieuw certificaat"),
    "beschikbaarheid_zetten": ("Je veranderde wanneer je beschikbaar bent", "Je beschikbaarheid is veranderd"),
    "scopeverslag_bewaren": ("Je werkte aan je verslag na EK2", ""),
    "scopeverslag_sturen": ("Je stuurde je verslag na EK2", ""),
    "scopeverslag_beantwoorden": ("", "{wie} reageerde op je verslag na EK2"),
    "scope_registreren": ("", "In het register staat nu waarvoor je conferenties organiseert"),
    "herinnering_sturen": ("", "We stuurden je een herinnering"),
    "trainingswens_bewaren": (
        "Je vertelde je trainers iets over jezelf",
        "{wie} schreef je wensen voor de training op",
    ),
    "trainingszorg_bewaren": (
        "Je vertelde wat je nodig hebt bij eten of toegang",
        "{wie} schreef op wat je nodig hebt",
    ),
    "trainingszorg_wissen": (
        "Je wiste wat je vertelde over eten en toegang",
        "Wat je vertelde over eten en toegang is gewist",
    ),
    "traject_stoppen": ("Je stopte", "Je traject is gestopt"),
    "bewaren_toestaan": ("Je wilde dat we je gegevens langer bewaren", ""),
    "bewaren_intrekken": ("Je wilde niet meer dat we je gegevens langer bewaren", ""),
    "papieren_wissen": ("", "We wisten papieren van je, zoals beloofd"),
    "traject_hervatten": ("Je ging weer verder", "Je traject loopt weer"),
}

# what somebody did, for the staff timeline: "Marek Nowak: gaf een mening"
VOOR_TEAM = {
    "aanmelding_indienen": "stuurde brief en cv",
    "aanmelding_van_bekende": "stuurde brief en cv",
    "namens_bevestigen": "bevestigde de aanmelding",
    "namens_op_papier": "schreef de aanmelding op",
    "aanmelding_beantwoorden": "beantwoordde de aanmelding",
    "aanvulling_vragen": "stelde een vraag over de aanmelding",
    "aanmelding_aanvullen": "vulde de aanmelding aan",
    "bellen_aankondigen": "schreef dat we graag bellen",
    "belnotitie_vastleggen": "schreef een telefoongesprek op",
    "nu_nog_niet_afspreken": "legde vast: nu nog niet",
    "deelname_aanvragen": "vroeg een plek aan",
    "deelname_plaatsen": "gaf een plek",
    "plek_aanbieden": "bood een vrije plek aan",
    "aanbod_aannemen": "nam de plek aan",
    "aanbod_laten_verlopen": "liet een aanbod voorbijgaan",
    "deelname_afmelden": "meldde af",
    "deelname_afgelasten": "haalde de plek weg: de bijeenkomst gaat niet door",
    "dag_afgelasten": "zette de gemiste dag weer open: de bijeenkomst gaat niet door",
    "datumwens_doorgeven": "vroeg om een mail bij nieuwe data",
    "aanwezigheid_vastleggen": "schreef op wie er was",
    "aanwezigheid_verbeteren": "verbeterde de aanwezigheid",
    "dag_inhalen": "plande een inhaaldag",
    "dag_vrijstellen": "gaf vrijstelling voor een dag",
    "traject_na_planning": "verzette een datum",
    "deelname_besluiten": "legde de keuze vast",
    "uitzoeken_noteren": "schreef een notitie over een gesprek",
    "lesnotities_bewaren": "schreef bij een les",
    "notitie_delen": "deelde een notitie met de trainers",
    "notitie_niet_delen": "stopte met het delen van een notitie",
    "opdracht_inleveren": "leverde een thuisopdracht in",
    "opdracht_terughalen": "haalde een thuisopdracht terug",
    "opdracht_beantwoorden": "antwoordde op een thuisopdracht",
    "verslag_bewaren": "werkte aan het verslag",
    "verslag_sturen": "stuurde het verslag",
    "verslag_terughalen": "haalde het verslag terug",
    "verslag_openen": "opende het verslag",
    "inzage": "bekeek een stuk",
    "mening_bewaren": "werkte aan een mening",
    "mening_geven": "gaf een mening",
    "mening_wijzigen": "veranderde de eigen mening",
    "mening_heropenen": "nam de eigen mening terug",
    "trainer_toevoegen": "vroeg een trainer erbij",
    "trainer_ontheffen": "onthief een trainer",
    "trainer_vragen": "vroeg om een derde trainer",
    "trainervraag_beantwoorden": "antwoordde op de vraag om een derde trainer",
    "besluit_herroepen": "stelde voor een besluit terug te nemen, of nam het terug",
    "voorstel_doen": "schreef op wat de trainers na het gesprek zeggen",
    "instemmen": "antwoordde op een voorstel van een collega",
    "terugnemen_laten_verlopen": "liet een voorstel voorbijgaan",
    "gesprek_voorstellen": "stelde momenten voor een gesprek voor",
    "moment_kiezen": "koos een moment voor een gesprek",
    "momenten_passen_niet": "vroeg om andere momenten",
    "gesprek_vastleggen": "schreef het gesprek op",
    "gesprek_afspreken": "sprak een moment voor een gesprek af",
    "besluit_lezen": "las wat er besloten is",
    "antwoord_na_gesprek": "antwoordde na het gesprek",
    "nieuw_verslag_beginnen": "begon een nieuw verslag",
    "nog_eens_praten": "vroeg om een gesprek",
    "gesprek_aanvullen": "verbeterde wat er over het gesprek staat",
    "afronden_bevestigen": "rondde het traject af",
    "vog_vastleggen": "zag de VOG",
    "onafhankelijk_bevestigen": "bevestigde onafhankelijk te zijn",
    "poortpunt_herroepen": "nam een punt van de poort terug",
    "conferentie_vragen": "vroeg voor een conferentie",
    "conferentie_vastleggen": "schreef op hoe de conferentie ging",
    "conferentie_tellen": "keek of de conferentie meetelt",
    "telling_beantwoorden": "reageerde op de telling",
    "telling_herzien": "keek opnieuw of de conferentie meetelt",
    "nazorg_vastleggen": "had contact na vier weken",
    "evaluatie_kandidaat": "keek terug op de conferentie",
    "evaluatie_regiomanager": "keek terug op de conferentie",
    "evaluatiegesprek_vastleggen": "schreef het evaluatiegesprek op",
    "evaluatie_akkoord": "reageerde op de evaluatie",
    "evaluatie_afronden": "rondde de evaluatie af",
    "traject_afronden": "rondde het traject af",
    "certificaat_intrekken": "trok het certificaat in",
    "certificaat_beeindigen": "beëindigde het certificaat",
    "certificaat_vervangen": "gaf een nieuw certificaat",
    "coordinator_importeren": "zette iemand van vóór het systeem in het register",
    "registratiestand_zetten": "veranderde de stand in het register",
    "beschikbaarheid_zetten": "veranderde de beschikbaarheid",
    "werkgebied_toevoegen": "voegde een regio toe",
    "werkgebied_beeindigen": "haalde een regio weg",
    "thuisregio_zetten": "veranderde de thuisregio",
    "scopeverslag_bewaren": "werkte aan het verslag na EK2",
    "scopeverslag_sturen": "stuurde het verslag na EK2",
    "scopeverslag_beantwoorden": "reageerde op het verslag na EK2",
    "scope_registreren": "paste het register aan",
    "trainingswens_bewaren": "vertelde wensen voor de training",
    "trainingszorg_bewaren": "vertelde iets over eten of toegang",
    "trainingszorg_wissen": "wiste wat er stond over eten en toegang",
    "traject_stoppen": "stopte het traject",
    "herinnering_sturen": "stuurde een herinnering",
    "bericht_opnieuw": "stuurde een bericht opnieuw",
    "bericht_schrappen": "hield een bericht tegen",
    "bewaren_toestaan": "wil dat we de gegevens langer bewaren",
    "bewaren_intrekken": "wil niet meer dat we de gegevens langer bewaren",
    "papieren_wissen": "wiste papieren na hun bewaartermijn",
    "traject_hervatten": "liet het traject weer lopen",
}
OPENBAAR_VOOR_REGIO = frozenset(
    {
        "traject_stoppen",
        "traject_hervatten",
        "conferentie_vragen",
        "conferentie_vastleggen",
        "conferentie_tellen",
        "telling_beantwoorden",
    }
    | {
        "telling_herzien",
        "nazorg_vastleggen",
        "evaluatie_kandidaat",
        "evaluatie_regiomanager",
        "evaluatiegesprek_vastleggen",
    }
    | {
        "evaluatie_akkoord",
        "evaluatie_afronden",
        "beschikbaarheid_zetten",
        "registratiestand_zetten",
        "scope_registreren",
    }
)

# own notes are nobody else's business, nor when somebody makes them
PRIVE = frozenset({"lesnotities_bewaren", "notitie_niet_delen"})
# a colleague at work on a view: until the own view is given only "klaar / nog niet" shows
STIL_VOOR_TRAINER = frozenset({"mening_bewaren", "mening_wijzigen"})
# step 7 belongs to the trainers of EK1: a trainer of EK2 reads nothing of it
STAP_7 = STIL_VOOR_TRAINER | frozenset(
    {
        "mening_geven",
        "besluit_herroepen",
        "trainer_toevoegen",
        "trainer_ontheffen",
        "gesprek_voorstellen",
        "gesprek_vastleggen",
    }
    | {"mening_heropenen", "gesprek_aanvullen"}
    | {"moment_kiezen", "momenten_passen_niet", "gesprek_afspreken"}
    | {"besluit_lezen", "voorstel_doen", "instemmen", "antwoord_na_gesprek", "nog_eens_praten"}
    | {"trainer_vragen", "trainervraag_beantwoorden", "terugnemen_laten_verlopen"}
)


def voor_kandidaat(traject):
    """The journal lines a candidate may read, newest first, each with `.zin`. One query when evaluated."""
    return traject.journaal.filter(handeling__in=VOOR_KANDIDAAT).select_related("door").order_by("-om", "-pk")


def zin_voor_kandidaat(regel, kandidaat):
    eigen, ander = VOOR_KANDIDAAT[regel.handeling]
    zelf = regel.door_id == kandidaat.pk or regel.als == Rol.BEZOEKER
    return (eigen if zelf else ander).format(wie=regel.door.voornaam if regel.door else "De opleiding")


def met_zinnen(regels, kandidaat):
    """[(moment, sentence)] of journal lines; a line without a sentence for this person is left out."""
    paren = [(regel.om, zin_voor_kandidaat(regel, kandidaat)) for regel in regels]
    return [paar for paar in paren if paar[1]]


def voor_team(traject, *, alleen=None, zonder=frozenset()):
    """The journal of a traject for staff, newest first.

    `alleen`: the acts that this reader may see; `zonder`: those that stay out.
    """
    regels = (
        Journaalregel.objects.filter(traject=traject).select_related("door", "namens", "over").order_by("-om", "-pk")
    )
    regels = regels.exclude(handeling__in=zonder | PRIVE)
    return regels.filter(handeling__in=alleen) if alleen is not None else regels


def wie_van(regel):
    """Who did it, for staff: a name, the person of the path who was not logged in yet, or the system."""
    if regel.door:
        return regel.door.naam
    return regel.over.naam if regel.als == Rol.BEZOEKER and regel.over else "Het systeem"


def naam_van(handeling):
    """What staff read for an act."""
    return VOOR_TEAM.get(handeling, "deed iets in dit traject")
