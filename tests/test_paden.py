"""Random paths: more than a thousand acts against a plain model of the domain; no broken invariant.

LMS_PADEN walks further.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from cursus.models import Uitvoering
from tests.paden import Pad

STAPPEN = 150
VOORBEELDEN = int(os.environ.get("LMS_PADEN", "6"))


@pytest.mark.parametrize("begin", range(11))
def test_willekeurige_paden_breken_geen_invariant(w, begin):
    Uitvoering.objects.update(capaciteit=10_000)

    class EigenPad(Pad):
        wereld = w
        tot = begin

    for zaad in range(1, 6):  # a walk that soon stops says little: walk again until enough was done for real
        run_state_machine_as_test(
            seed(zaad)(EigenPad),
            settings=settings(
                max_examples=VOORBEELDEN, stateful_step_count=STAPPEN, deadline=None, database=None, print_blob=False,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
        if EigenPad.acties > 100 and EigenPad.gelukt > 20:
            break
    assert EigenPad.acties > 100
    assert EigenPad.gelukt > 20
