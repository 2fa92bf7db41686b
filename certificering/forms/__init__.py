from certificering.forms.certificaat import ControleForm, RedenForm, VervangForm
from certificering.forms.conferentie import HerzienForm, NazorgForm, ReactieForm, TellenForm, VastleggenForm, VragenForm
from certificering.forms.evaluatie import AfrondenForm, AkkoordForm, GesprekForm, KandidaatForm, RegiomanagerForm
from certificering.forms.registratie import BeschikbaarForm, RegioForm, StandForm
from certificering.forms.scope import ReactieScopeForm, ScopeverslagForm

__all__ = [
    "AfrondenForm", "AkkoordForm", "BeschikbaarForm", "ControleForm", "GesprekForm", "HerzienForm", "KandidaatForm",
    "NazorgForm",
    "ReactieForm", "ReactieScopeForm", "RedenForm", "VervangForm", "RegioForm", "RegiomanagerForm", "ScopeverslagForm",
    "StandForm", "TellenForm",
    "VastleggenForm", "VragenForm",
]  # fmt: skip
