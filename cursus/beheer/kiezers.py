"""Wagtail's chooser fields write an inline script, which our policy refuses: say the same in data attributes for
static/beheer.js.
"""

import json

from django.utils.html import format_html
from wagtail.admin.widgets import BaseChooser


def _teken(self, name, value, attrs=None, renderer=None):
    waarde = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-keuzevenster="{}" data-voor="{}" data-keuzes="{}"></span>',
        self.render_html(name, waarde, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, waarde)),
    )


def zonder_inline_script():
    """Replace the rendering of every chooser widget. A test walks the pages that have one."""
    BaseChooser.render = _teken
