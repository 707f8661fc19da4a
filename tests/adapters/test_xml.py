"""XML becomes a tree or a value that says why not; it never grows, reaches outside, or raises."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.results import Failure, Success
from casefold.policy.nodes import Node
from casefold_adapters import xml
from casefold_adapters.xml import reading
from casefold_properties.laws.nodes import tree_round_trips
from casefold_properties.strategies.nodes import nodes

LAUGHS = b"""<?xml version="1.0"?>
<!-- harmless -->
<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<a x="&c;">&c;</a>"""


def read(data: bytes) -> Node:
    found = xml.parse(data)
    assert isinstance(found, Success), found
    node: Node = found.unwrap()
    return node


def refused(data: bytes, root: str | None = None) -> xml.XmlError:
    found = xml.parse(data, "m.dmn", root)
    assert isinstance(found, Failure), found
    error: xml.XmlError = found.failure()
    assert xml.words(error).startswith("m.dmn: ")
    return error


def test_a_tree_has_names_namespaces_attributes_and_lines():
    """What the core needs to know of an element."""
    node = read(b'<d:a xmlns:d="urn:d" xmlns="urn:e" x="1" d:y="2">\n <b/>\n <c xmlns="">t</c></d:a>')

    assert ("a", "urn:d", {"x": "1", "{urn:d}y": "2"}) == (node.name, node.namespace, node.attributes)
    assert {"d": "urn:d", "": "urn:e"} == node.prefixes
    assert [("b", "urn:e", 2), ("c", "", 3)] == [(each.name, each.namespace, each.line) for each in node.children]
    assert ["", "", "t"] == [node.text, *(each.text for each in node.children)]


def test_comments_and_instructions_leave_no_trace():
    """The text around them is one text."""
    assert Node("a", text="1 + 2 < 3") == read(b"<?go?><!-- x --><a>1 <!-- y -->+<?z?> 2<![CDATA[ < ]]>3</a>")


def test_text_between_children_is_left_out():
    """Own text stays, tails go, and white space beside children is layout."""
    node = read(b"<a>own<b> </b>tail</a>")

    assert Node("a", text="own", children=(Node("b", text=" "),)) == node


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_usual_encodings_are_read(encoding: str):
    """By their mark, or by what the document says."""
    said = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a>é</a>'

    assert "é" == read(said.encode(encoding)).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Document is empty"),
        (b"  \n", "line 2"),
        (b"PK\x03\x04", "Start tag expected"),
        (b"{}", "Start tag expected"),
        (b"<a><b>\n</a>", "line 2, column"),
        (b"<a>\n\n<b", "line 3"),
        (b"<a/><b/>", "Extra content"),
        (b"<a>&b;</a>", "Entity 'b' not defined"),
        (b"<x:a/>", "prefix x"),
        (b"<a>\x00</a>", "Invalid char"),
        (b"<a b='1' b='2'/>", "redefined"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "limit"),
    ],
)
def test_what_is_no_xml_is_refused_with_its_place(data: bytes, said: str):
    """Line, column, and what the parser says."""
    error = refused(data)

    assert isinstance(error, xml.XmlMalformed)
    assert said in xml.words(error)


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]><a/>',
        b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 100_000 + b'">]><a>' + b"&b;" * 10_000 + b"</a>",
        b"<?x?> <!DOCTYPE a>",
    ],
)
def test_a_document_type_is_refused_before_it_is_parsed(data: bytes):
    """Entities, external files and defaults need one."""
    error = refused(data)

    assert isinstance(error, xml.XmlHasDoctype)
    assert "DOCTYPE" in xml.words(error)


def test_the_refusal_says_where_the_document_type_is():
    """In lines of the file."""
    assert xml.XmlHasDoctype("m.dmn", 3) == refused(LAUGHS)


def test_inclusions_are_elements_like_any_other():
    """Nobody follows them."""
    node = read(b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd"/></a>')

    assert ("include", {"href": "/etc/passwd"}, ()) == (
        node.children[0].name,
        node.children[0].attributes,
        node.children[0].children,
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a>\n\xff</a>", "line 2"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "utf-7"),
        (b'<?xml version="1.0" encoding="zlib"?><a/>', "zlib"),
        (b'<?xml version="1.0" encoding="UTF-16"?><a/>', "UTF-16"),
        (b"\xff\xfe<", "utf-16"),
    ],
)
def test_text_in_no_known_encoding_is_refused(data: bytes, said: str):
    """With the encoding, and the place if there is one."""
    error = refused(data)

    assert isinstance(error, xml.XmlEncoded)
    assert said in xml.words(error) and "UTF-8" in xml.words(error)


@pytest.mark.parametrize(
    ("data", "what", "found"),
    [
        (b"<a>" * (xml.DEPTH_MAX + 1), "levels", xml.DEPTH_MAX + 1),
        (b"<a>" * 1_000_000, "levels", xml.DEPTH_MAX + 1),
        (b"<a " + b" ".join(b"x%d=''" % n for n in range(20_000)) + b"/>", "attributes", 20_000),
        (b" " * (xml.BYTES_MAX + 1), "bytes", xml.BYTES_MAX + 1),
    ],
)
def test_what_is_too_large_is_refused_with_the_figure(data: bytes, what: str, found: int):
    """Bytes, nesting and attributes have a bound."""
    error = refused(data)

    assert isinstance(error, xml.XmlTooLarge)
    assert (what, found) == (error.what, error.found)
    assert f"{error.most:,}" in xml.words(error)


def test_elements_have_a_bound(monkeypatch: pytest.MonkeyPatch):
    """The bound itself is read."""
    monkeypatch.setattr(reading, "ELEMENTS_MAX", 3)

    assert 2 == len(read(b"<a><b/><b/></a>").children)
    assert xml.XmlTooLarge("m.dmn", "elements", 3, 4, 2) == refused(b"<a><b/><b/>\n<b/></a>")


def test_the_deepest_nesting_that_is_read_can_be_compared_and_written():
    """No walk over it meets the end of Python's stack."""
    data = b"<a>" * xml.DEPTH_MAX + b"</a>" * xml.DEPTH_MAX

    assert read(data) == read(data)
    assert read(data) == read(xml.write(read(data)).unwrap())


def test_another_root_is_refused():
    """With both names."""
    assert xml.XmlOtherRoot("m.dmn", "html", "definitions") == refused(b"<html/>", "definitions")
    assert isinstance(xml.parse(b"<x:definitions xmlns:x='u'/>", root="definitions"), Success)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path):
    """Missing, a folder, a pipe that nobody writes to, a file of 50 MB: the figure comes from its size alone."""
    os.mkfifo(tmp_path / "pipe")
    for name, said in (
        ("missing", "No such file"),
        (".", "it is no file"),
        ("pipe", "it is no file"),
        ("\0", "cannot"),
    ):
        found = xml.load(tmp_path / name)

        assert isinstance(found, Failure) and said in xml.words(found.failure())
    with (tmp_path / "large").open("wb") as file:
        file.truncate(50_000_000)
    large = xml.load(tmp_path / "large")

    assert isinstance(large, Failure) and "50,000,000 bytes" in xml.words(large.failure())


def test_a_file_is_read(tmp_path: Path):
    """As its bytes would be."""
    (tmp_path / "a.dmn").write_bytes(b"<a/>")

    assert Success(Node("a")) == xml.load(tmp_path / "a.dmn", "a")


@given(st.binary(max_size=60) | st.text("<>/!-?[]&;ab =\"'\n", max_size=40).map(str.encode))
@example(b"<?xml").via("a declaration without an end")
@example(b"<!--").via("a comment without an end")
@example(b'<a xmlns:xml="u"/>').via("a prefix that is taken")
def test_reading_never_raises(data: bytes):
    """Any bytes are a tree or an error; what is a tree comes back as it went."""
    found = xml.parse(data)
    if isinstance(found, Success):
        tree_round_trips(found.unwrap(), xml.write, xml.parse)
    else:
        assert xml.words(found.failure())


@given(nodes())
@example(Node("a", "u", prefixes={"": "u"}, children=(Node("b", prefixes={"": ""}),))).via("no namespace within one")
@example(Node("a", attributes={"{http://www.w3.org/XML/1998/namespace}lang": "en"})).via("the prefix nobody declares")
def test_trees_round_trip(node: Node):
    """What is written is read back the same."""
    tree_round_trips(node, xml.write, xml.parse)


def test_what_is_written_can_be_read_by_people():
    """Indented, with the prefixes as declared; text is left as it stands."""
    node = Node("a", "u", {"x": '"\n'}, (Node("b", "u", text=" 1 "), Node("c", "v")), "", {"": "u", "y": "v"})

    assert (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="u" xmlns:y="v" x="&quot;&#10;">\n'
        b"  <b> 1 </b>\n  <y:c/>\n</a>\n"
    ) == xml.write(node).unwrap()


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (Node("a b"), "'a b'"),
        (Node("a", attributes={"": "1"}), "''"),
        (Node("a", text="\x00"), "'\\x00'"),
        (Node("a", attributes={"b": "\ud800"}), "'\\ud800'"),
        (Node("a", "urn:a"), "no prefix"),
        (Node("a", attributes={"{urn:a}b": ""}, prefixes={"": "urn:a"}), "no prefix"),
        (Node("a", prefixes={"x": ""}), "'x'"),
        (Node("a", prefixes={"xmlns": "u"}), "'xmlns'"),
        (Node("a", prefixes={"xml": "u"}), "'xml'"),
    ],
)
def test_what_xml_cannot_say_is_refused(node: Node, said: str):
    """A value that names the element and what is wrong in it."""
    found = xml.write(Node("root", children=(node,)))

    assert isinstance(found, Failure)
    assert node.name == found.failure().element and said in found.failure().detail
