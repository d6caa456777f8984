"""Find the themes that recur across interviews, from a data frame or from files.

    import leitmotif
    found = leitmotif.themes(frame, text="answer", id="respondent", question="question")
    found.themes        # a data frame: one row a theme
    found.quotes        # one row a quote, with where it stands
    found.assignments   # one row a passage: who said what, and to which theme it belongs

In: a pandas or Polars data frame, or paths of files. Out: an `Analysis`, whose tables are frames of the same library.
This module calls the program `leitmotif`, which is in the same package, and holds no logic of its own: whatever the
program prints or exports for the same input is what stands in the frames. Nothing leaves the machine.
"""

from ._analysis import Analysis, load, themes
from ._program import LeitmotifError, LeitmotifWarning, program, run, version

__all__ = ["Analysis", "LeitmotifError", "LeitmotifWarning", "load", "program", "run", "themes", "version"]
