"""The text of a licence's barcode, as issuers and scanners leave it."""

import pytest

from casefold.pages.aamva import licence

# The example of annex D of the AAMVA DL/ID Card Design Standard, shortened.
BODY = "DAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDADJOHN\nDBB06061986\nDAG2300 WEST BROAD STREET\nDAHNONE\nDCK\n\r"
HEAD = "@\n\x1e\rANSI 636000100002DL00410278ZV03190008DL"


@pytest.mark.parametrize("text", [
    HEAD + BODY + "ZVZVA01\r",
    HEAD.replace("DL", "ID") + BODY,
    "@\n\x1e\rANSI 6360001001DL00000000DL" + BODY,
    "@\r\n\x1e\rAAMVA636000" + "01DL00310034DL" + BODY.replace("\n", "\r\n"),
    "\ufeff" + HEAD + "\n" + BODY,
])  # fmt: skip
def test_elements_are_read_whatever_the_header_says_of_places(text):
    """Licences and identification cards, old headers, wrong places and other ends of lines."""
    found = licence(text)

    assert found is not None
    assert ("T64235789", "SAMPLE", "MICHAEL", "06061986") == tuple(found[code] for code in ("DAQ", "DCS", "DAC", "DBB"))
    assert "2300 WEST BROAD STREET" == found["DAG"]
    assert not {"DAH", "DCK"} & found.keys()


@pytest.mark.parametrize(
    "text", ["", "https://example.com", "ANSI 636000", "WIFI:S:DAQ;;", "\n".join(["x"] * 60) + HEAD + BODY]
)
def test_other_barcodes_are_no_licence(text):
    """A barcode without the header near its beginning, or without elements, is none."""
    assert licence(text) is None
