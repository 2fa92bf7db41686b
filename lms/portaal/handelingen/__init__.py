"""The one act of the roof: erasing what was promised, because only the roof knows the tables of every app."""

from lms.portaal.handelingen.bewaren import adressen_loslaten, bewaartermijnen_wissen, papieren_wissen, wat_zou_gaan

__all__ = ["adressen_loslaten", "bewaartermijnen_wissen", "papieren_wissen", "wat_zou_gaan"]
