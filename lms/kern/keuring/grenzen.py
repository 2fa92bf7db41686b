"""What one check may cost.

CPU counts, not the clock of a busy machine. The kernel guards it: a parser in C hears nothing of Python's own timers.
"""

import os
import resource

MB = 1024 * 1024
CPU = 2  # seconds for the judgement
CPU_OPNIEUW = 5  # and with writing the cleaned file; the hard end comes a second later
CPU_EINDE = 6
GEHEUGEN = 150 * MB  # private memory, the interpreter included
GEHEUGEN_HEIC = 340 * MB  # no decoder of HEIC scales while it decodes; so there is only one at once
UIT = 64 * MB


def begrenzen(soort):
    """Set the limits of this process, before anything of the file is read. They can only become smaller."""
    geheugen = GEHEUGEN_HEIC if soort == "heic" else GEHEUGEN
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU_EINDE))
    resource.setrlimit(resource.RLIMIT_DATA, (geheugen, geheugen))
    resource.setrlimit(resource.RLIMIT_FSIZE, (UIT, UIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    os.nice(10)  # pages go before checks


def opnieuw_opslaan():
    """The judgement is done: from here on the time of writing the cleaned file counts too."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_OPNIEUW, CPU_EINDE))
