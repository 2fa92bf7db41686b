"""The acts of certification, one file per flow. The only package of this app that writes."""

from certificering.handelingen.certificaat import certificaat_beeindigen, certificaat_intrekken, certificaat_vervangen
from certificering.handelingen.conferentie import (
    conferentie_tellen,
    conferentie_vastleggen,
    conferentie_vragen,
    mag_conferentie,
    nazorg_vastleggen,
    telling_beantwoorden,
    telling_herzien,
)
from certificering.handelingen.evaluatie import (
    evaluatie_afronden,
    evaluatie_akkoord,
    evaluatie_kandidaat,
    evaluatie_regiomanager,
    evaluatiegesprek_vastleggen,
    traject_afronden,
)
from certificering.handelingen.invoer import coordinator_importeren
from certificering.handelingen.registratie import (
    beschikbaarheid_zetten,
    einden_van_registratie,
    registratiestand_zetten,
    thuisregio_zetten,
    werkgebied_beeindigen,
    werkgebied_toevoegen,
)
from certificering.handelingen.scope import (
    ek2_klaar,
    mag_scopeverslag,
    scope_registreren,
    scopeverslag_beantwoorden,
    scopeverslag_bewaren,
    scopeverslag_sturen,
)

__all__ = [
    "beschikbaarheid_zetten", "certificaat_beeindigen", "certificaat_intrekken", "certificaat_vervangen",
    "conferentie_tellen",
    "conferentie_vastleggen", "conferentie_vragen", "coordinator_importeren", "einden_van_registratie", "ek2_klaar",
    "evaluatie_afronden",
    "evaluatie_akkoord",
    "evaluatie_kandidaat", "evaluatie_regiomanager", "evaluatiegesprek_vastleggen", "mag_conferentie",
    "mag_scopeverslag",
    "nazorg_vastleggen", "registratiestand_zetten", "scope_registreren", "scopeverslag_beantwoorden",
    "scopeverslag_bewaren",
    "scopeverslag_sturen", "telling_beantwoorden", "telling_herzien", "thuisregio_zetten", "traject_afronden",
    "werkgebied_beeindigen",
    "werkgebied_toevoegen",
]  # fmt: skip
