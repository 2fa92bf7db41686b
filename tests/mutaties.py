"""`make mutaties`: places of the code, changed one by one in a copy of the tree; each names the tests that catch it.

Not a part of the suite: it takes some ten minutes. `tests/test_mutaties.py` keeps the list true and tries two of them.
`make mutaties ALLEEN=wachtlijst` takes only those with that word in file or name.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GEVANGEN = 1  # pytest: tests ran and some failed; anything else is no catch


@dataclass(frozen=True)
class Mutatie:
    """What goes wrong when `oud` in `bestand` becomes `nieuw`, and the tests that see it."""

    wat: str
    bestand: str
    oud: str
    nieuw: str
    tests: tuple


def _m(wat, bestand, oud, nieuw, *tests):
    return Mutatie(wat, bestand, oud, nieuw, tests)


HANDELINGEN, VERSLAG = "tests/selectie/test_handelingen.py::", "selectie/models/verslag.py"
MENING, GESPREK = "selectie/handelingen/mening.py", "selectie/handelingen/gesprek.py"
GEHEIM, EVALUATIE = "tests/aanval/test_geheim.py::", "tests/certificering/test_evaluatie.py::"
AANBOD, PAD = "tests/cursus/test_aanbod.py::", "lms/kern/models/traject.py"

MUTATIES = [
    # consent
    _m("een aanmelding zonder toestemming gaat door", "selectie/handelingen/aanmelden.py",
       'concept.gegevens.get("akkoord") == AKKOORD_VERSIE,', "True,",
       "tests/test_vangnet.py::test_zonder_toestemming_gaat_er_geen_aanmelding_door"),
    _m("een vakje dat leeg bleef is toch een toestemming om te bewaren", "selectie/handelingen/samen.py",
       "    if bewaren:\n", "    if True:\n",
       "tests/test_vangnet.py::test_een_leeg_vakje_is_geen_toestemming_om_te_bewaren"),
    _m("ook na de evaluatie is een leeg vakje een toestemming", "certificering/handelingen/evaluatie.py",
       "    if bewaren:\n", "    if True:\n",
       "tests/test_vangnet.py::test_een_leeg_vakje_na_de_evaluatie_ook_niet"),
    _m("dieet zonder kruisje wordt bewaard", "cursus/handelingen/wensen.py",
       "mag[veld] or not tekst[veld],", "True,", "tests/cursus/test_wensen.py::test_vertellen_en_teruglezen"),
    # rights
    _m("de kandidaat is trainer van het eigen verslag", "selectie/handelingen/verslag.py",
       "        .exclude(pk=traject.kandidaat_id)\n", "",
       "tests/test_vangnet.py::test_wie_zelf_trainer_is_leest_het_eigen_verslag_niet_als_trainer"),
    _m("de kandidaat wordt als trainer toegevoegd", "selectie/handelingen/trainers.py",
       "Rol.TRAINER in trainer.rollen() and trainer.pk != traject.kandidaat_id", "Rol.TRAINER in trainer.rollen()",
       "tests/test_vangnet.py::test_de_kandidaat_wordt_nooit_als_trainer_van_het_eigen_verslag_gevraagd"),
    _m("een trainer die niet gevraagd is plant het gesprek en schrijft het op", "selectie/models/gesprek.py",
       "return rijen.filter(verslag__in=gevraagd_aan(door)) if rol == Rol.TRAINER else rijen", "return rijen",
       "tests/test_vangnet.py::test_wie_niet_gevraagd_is_plant_niet_en_schrijft_niet_op"),
    _m("een trainer van een andere training stelt vrij", "cursus/models/aanwezigheid.py",
       "q |= Q(soort=soort, traject__in=", "q |= Q(traject__in=",
       "tests/aanval/test_tegelijk.py::test_een_trainer_van_alleen_ek2_doet_niets_in_ek1"),
    _m("op een gestopt traject verandert er nog iets", "lms/kern/handelingen/motor.py",
       "traject.afgesloten_op and not self.regels.gesloten_mag:", "traject.afgesloten_op and False:",
       "tests/kern/test_motor.py::test_op_een_gestopt_traject_is_geen_rij_meer_te_doen"),
    _m("een rij die voorbij is verandert nog", "lms/kern/handelingen/poort.py",
       'heeft_nu = hasattr(model.objects, "nu") and not ook_oud', "heeft_nu = False",
       "tests/kern/test_motor.py::test_een_rij_die_voorbij_is_zegt_dat_en_een_van_een_ander_bestaat_niet"),
    _m("een formulier telt twee keer", "lms/kern/handelingen/motor.py",
       "return regels.exists()", "return False",
       HANDELINGEN + "test_tweede_keer_hetzelfde_formulier_doet_niets"),
    # sight
    _m("een medewerker ziet het eigen traject", PAD, "ander = self.exclude(kandidaat=gebruiker)", "ander = self",
       HANDELINGEN + "test_trainer_met_eigen_traject_leest_niet_over_zichzelf"),
    _m("een regiomanager handelt in een andere regio", PAD,
       'return ander.filter(Q(regio__in=gebruiker.regios()) | Q(pk__in=extra.values("pk")))', "return ander",
       "tests/certificering/test_conferentie.py::test_regiomanager_of_another_region_may_not_ask"),
    _m("een trainer van EK2 leest het verslag van EK1", PAD, "            deelnames__soort=soort,\n", "",
       HANDELINGEN + "test_een_trainer_van_ek2_leest_het_verslag_van_ek1_niet"),
    _m("een teruggehaald verslag is te lezen", VERSLAG,
       "trainer = Q(verstuurd_om__isnull=False, teruggehaald_om__isnull=True) & Q(",
       "trainer = Q(verstuurd_om__isnull=False) & Q(",
       "tests/test_vangnet.py::test_een_teruggehaald_verslag_leest_geen_trainer"),
    _m("terughalen kan nog na het openen", "selectie/handelingen/verslag.py", "        not verslag.geopend_om,\n",
       "        True,\n", HANDELINGEN + "test_terughalen_kan_tot_een_trainer_opent"),
    _m("een collega is te zien voor de eigen mening er is", "selectie/models/mening.py",
       "Q(gegeven_om__isnull=False) & Exists(ik_gaf)", "Q(gegeven_om__isnull=False)",
       HANDELINGEN + "test_blind_tot_je_eigen_mening_er_is"),
    _m("een notitie die niet gedeeld is, is te lezen", "cursus/models/notities.py",
       "van_eigen_groep(gebruiker), gedeeld_om__isnull=False)", "van_eigen_groep(gebruiker))",
       "tests/cursus/test_notities.py::test_een_notitie_delen_en_weer_niet"),
    _m("de eigen rij met dieet wordt als medewerker gelezen", "cursus/handelingen/wensen.py",
       ".exclude(traject__kandidaat=door)", "",
       "tests/test_vangnet.py::test_de_eigen_rij_met_dieet_wordt_niet_als_medewerker_gelezen"),
    # the release rule
    _m("een gesprek over een eerder besluit geeft vrij", VERSLAG,
       'gesprekken__gehouden_om__gt=F("besluiten__om")', "gesprekken__gehouden_om__isnull=False",
       GEHEIM + "test_een_besluit_dat_voor_het_gesprek_terugging_geeft_nieuwe_meningen_niet_vrij"),
    _m("een besluit waarover nog gepraat wordt is vrij", VERSLAG,
       'vervolg__in=["poort", "afronden", "nieuw_verslag"]', 'vervolg__in=["poort", "afronden", "gesprek"]',
       HANDELINGEN + "test_vrijgave_pas_na_gesprek"),
    _m("wie keek staat er al voor de vrijgave", "selectie/lezen.py", "    if dicht:\n", "    if False:\n",
       GEHEIM + "test_na_de_vrijgave_staat_erbij_wie_keek"),
    # the mutual decision
    _m("een mening is genoeg", MENING, 'genoeg = len(meningen) >= instelling("trainers_per_verslag")', "genoeg = True",
       "tests/test_vangnet.py::test_er_is_pas_een_besluit_met_genoeg_meningen"),
    _m("een verslag gaat naar te weinig trainers", "selectie/handelingen/verslag.py",
       'len(trainers) >= instelling("trainers_per_verslag"),', "True,",
       HANDELINGEN + "test_een_trainer_is_niet_genoeg"),
    _m("de eerste mening beslist", MENING, "all(m.gegeven_om for m in meningen)",
       "any(m.gegeven_om for m in meningen)",
       "tests/test_vangnet.py::test_de_eerste_mening_beslist_nooit"),
    _m("de meerderheid beslist", MENING, "    if len(passend) > 1:\n", "    if len(passend) > 2:\n",
       HANDELINGEN + "test_gemengde_meningen_zijn_overleg_nooit_meerderheid"),
    _m("het nee van de trainers sluit af zonder gesprek", MENING,
       "if kandidaat == trainers == Stelling.PAST_NIET:", "if trainers == Stelling.PAST_NIET:",
       HANDELINGEN + "test_tabel_van_het_wederzijds_besluit"),
    _m("na het gesprek wint het ja van de trainers", "selectie/handelingen/besluit.py",
       "    if kandidaat == Stelling.PAST_NIET:\n", "    if False:\n",
       HANDELINGEN + "test_het_nee_van_de_kandidaat_wint"),
    _m("een gesprek van voor het verslag", GESPREK,
       "gehouden_op >= timezone.localdate(verslag.verstuurd_om), ", "True, ",
       "tests/test_vangnet.py::test_een_gesprek_is_niet_van_voor_het_verslag"),
    # places
    _m("een aanbod loopt door na het begin", "cursus/handelingen/aanbod.py",
       "return min(einde, begint_om)", "return einde",
       AANBOD + "test_in_de_laatste_week_is_de_termijn_een_dag",
       "tests/test_vangnet.py::test_een_aanbod_loopt_nooit_door_na_het_begin"),
    _m("een nieuwkomer haalt de wachtlijst in", "cursus/handelingen/plekken.py",
       "(wacht_iemand or bezet(uitvoering)", "(bezet(uitvoering)",
       AANBOD + "test_een_nieuwkomer_komt_achter_de_wachtlijst_ook_als_er_net_een_plek_vrij_is"),
    _m("de wachtlijst loopt andersom", "cursus/handelingen/aanbod.py",
       'asc(nulls_first=True), "gevraagd_om", "pk")', 'asc(nulls_first=True), "-gevraagd_om", "-pk")',
       AANBOD + "test_vrijgekomen_plek_gaat_naar_de_eerste_met_een_termijn"),
    # conference, evaluation, certificate
    _m("de poort is open zonder onafhankelijk", "certificering/handelingen/conferentie.py",
       'if not punten >= {"vog", "onafhankelijk"}:', 'if not punten >= {"vog"}:',
       "tests/certificering/test_conferentie.py::test_no_conference_before_the_gate"),
    _m("de evaluatie sluit zonder akkoord", "certificering/handelingen/evaluatie.py",
       'vereis(evaluatie.akkoord_om, "Eerst zegt', 'vereis(True, "Eerst zegt',
       EVALUATIE + "test_no_certificate_without_every_part"),
    _m("een certificaat bij een andere uitkomst", "certificering/handelingen/evaluatie.py",
       "    if evaluatie.uitkomst == Uitkomst.POSITIEF:\n", "    if True:\n",
       EVALUATIE + "test_no_certificate_on_another_outcome"),
    _m("een certificaat houdt niet op met de registratie", "certificering/handelingen/registratie.py",
       "    einde_schrijven(registratie.traject, einde, waarom)\n", "",
       "tests/certificering/test_register_handelingen.py::test_end_closes_certificate_registration_and_traject"),
    # retention
    _m("dieet en toegang blijven staan na de laatste dag", "cursus/handelingen/wensen.py",
       "Q(traject__afgesloten_op__isnull=False) | ~Exists(volgt_nog)", "Q(traject__afgesloten_op__isnull=False)",
       "tests/cursus/test_wensen.py::test_op_de_laatste_dag_staat_het_er_nog_en_de_dag_erna_nergens_meer"),
    _m("een concept dat weggaat laat zijn bestand achter", "selectie/handelingen/concept.py",
       "        for bestand in bestanden_van:\n            bestanden.weghalen(bestand)\n", "",
       "tests/selectie/test_namens.py::test_weggooien_neemt_de_bestanden_mee"),
    _m("van een concept dat weggaat blijft het bestand op de schijf", "lms/kern/bestanden/opslaan.py",
       "    bestand.delete()\n    transaction.on_commit(lambda: _van_schijf(opslag, naam))\n", "    bestand.delete()\n",
       "tests/test_vangnet.py::test_een_oud_concept_gaat_weg_met_zijn_bestand"),
    _m("een oud concept blijft", "selectie/handelingen/concept.py",
       "gewijzigd_om__lt=grens).values_list", "gewijzigd_om__lt=grens - dt.timedelta(days=900)).values_list",
       "tests/test_vangnet.py::test_een_oud_concept_gaat_weg_met_zijn_bestand"),
]  # fmt: skip


@contextmanager
def kopie():
    """A copy of the tree, with the filled test database when there is one; the mutations never touch the tree."""
    with tempfile.TemporaryDirectory(prefix="mutaties-") as map_:
        doel = Path(map_) / "huis"
        paden = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\n")[:-1]  # fmt: skip
        sjablonen = [str(pad.relative_to(ROOT)) for pad in (ROOT / "var" / "tests").glob("[0-9a-f]*.sqlite3")]
        for pad in [*paden, *sjablonen]:
            if (ROOT / pad).is_file():
                (doel / pad).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / pad, doel / pad)
        yield doel


def draaien(huis, tests):
    """(exit code, output) of these tests in this copy."""
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("PYTEST", "LMS_", "COV"))}
    omgeving.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once is compiled for all
    omgeving.pop("PYTHONPYCACHEPREFIX", None)
    uit = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests],
        cwd=huis, env=omgeving, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return uit.returncode, uit.stdout + uit.stderr


def is_gevangen(huis, mutatie):
    """(caught or not, output): the change is made in the copy, its tests run, and it is put back."""
    pad = huis / mutatie.bestand
    zoals_het_was, tijden = pad.read_text(), pad.stat()
    pad.write_text(zoals_het_was.replace(mutatie.oud, mutatie.nieuw))
    try:
        code, uit = draaien(huis, mutatie.tests)
    finally:
        pad.write_text(zoals_het_was)
        os.utime(pad, ns=(tijden.st_atime_ns, tijden.st_mtime_ns))
    return code == GEVANGEN, uit


def main(woord=""):
    gekozen = [m for m in MUTATIES if woord in m.wat + m.bestand]
    alle = sorted({test for mutatie in gekozen for test in mutatie.tests})
    gemist = []
    (ROOT / "var").mkdir(exist_ok=True)
    with kopie() as huis, (ROOT / "var" / "mutaties.log").open("w") as log:
        code, uit = draaien(huis, alle)
        log.write(uit)
        if code:
            sys.stdout.write(f"Zonder verandering is er al een test rood: eerst dat.\n{uit[-3000:]}")
            return 1
        for nr, mutatie in enumerate(gekozen, 1):
            begin = time.monotonic()
            gevangen, uit = is_gevangen(huis, mutatie)
            gemist += [] if gevangen else [mutatie]
            regel = f"{nr:2}/{len(gekozen)} {'gevangen' if gevangen else 'GEMIST  '} {mutatie.wat}"
            sys.stdout.write(f"{regel} ({time.monotonic() - begin:.0f} s)\n")
            sys.stdout.flush()
            log.write(f"\n== {regel}: {mutatie.bestand}\n{uit}")
    sys.stdout.write(f"{len(gekozen) - len(gemist)} van {len(gekozen)} gevangen; het verslag: var/mutaties.log\n")
    return 1 if gemist else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
