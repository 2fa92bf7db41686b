"""The demo: sessions around today and people at every step, made through the acts, then moved back in time so that
dates look lived in.
"""

from lms.portaal.demo.bouwen import Demo
from lms.portaal.demo.teksten import DOMEIN

__all__ = ["DOMEIN", "Demo"]
