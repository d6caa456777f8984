"""What a check of a release asks of the themes that the program prints, whatever model is in it.

In: the printed summary of the sample studies. Out: how many themes were found, or an AssertionError.
"""

import re


def themes_with_quotes(printed: str) -> int:
    """The number of themes; there are passages in them, and quotes that say who spoke."""
    found = re.search(r"\b([1-9]\d*)\s+in\s+([1-9]\d*)\s+themes\b", printed)
    assert found, f"no passages in themes: {printed[:1000]}"
    assert re.search(r"“[^”]+”\s+— (?:hospital|homecare)/", printed), f"no quote of anybody: {printed[:1000]}"
    return int(found[2])
