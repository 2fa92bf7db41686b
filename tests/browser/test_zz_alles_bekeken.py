"""The last one: every page template was on screen in the tests before, so none escaped the looks at it."""

from pathlib import Path

import pytest

from tests.browser.lopen import SJABLONEN

# Not on screen here, and why.
NIET = {
    # the frame of allauth pages that we did not give a page of our own, and what stands in it
    "allauth/layouts/base.html",
    "allauth/elements/button.html",
    "allauth/elements/button_group.html",
    "allauth/elements/fields.html",
    "allauth/elements/form.html",
    "wagtailadmin/panels/inline_panel.html",  # Wagtail's own pages with several of something; ours have none
    "wagtailadmin/widgets/datetime_input.html",
}


def test_elk_sjabloon_was_op_het_scherm(request, sjablonen):
    modules = {pad.name for pad in Path(__file__).parent.glob("test_*.py")}
    if not modules <= {item.path.name for item in request.session.items}:
        pytest.skip("Alleen na alle browsertests.")
    alle = {str(pad.relative_to(SJABLONEN)) for pad in SJABLONEN.rglob("*.html")}
    assert sorted(alle - sjablonen - NIET) == []
    assert sorted(NIET - alle) == []
