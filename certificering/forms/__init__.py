from certificering.forms.certificaat import ControleForm, EindeForm, RedenForm, VervangForm
from certificering.forms.conferentie import HerzienForm, NazorgForm, ReactieForm, TellenForm, VastleggenForm, VragenForm
from certificering.forms.evaluatie import AfrondenForm, AkkoordForm, GesprekForm, KandidaatForm, RegiomanagerForm
from certificering.forms.registratie import BeschikbaarForm, RegioForm, StandForm, UitschrijfForm
from certificering.forms.scope import ReactieScopeForm, ScopeverslagForm

__all__ = [
    "AfrondenForm", "AkkoordForm", "BeschikbaarForm", "ControleForm", "EindeForm", "GesprekForm", "HerzienForm",
    "KandidaatForm", "NazorgForm",
    "ReactieForm", "ReactieScopeForm", "RedenForm", "VervangForm", "RegioForm", "RegiomanagerForm", "ScopeverslagForm",
    "StandForm", "TellenForm", "UitschrijfForm",
    "VastleggenForm", "VragenForm",
]  # fmt: skip
