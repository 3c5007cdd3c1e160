"""Places told by where they lie from another, in sentences of our own, with the point and radius that they should get."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.annotate.places import find_places
from twosource.annotate.places.gazetteer import distance_km, moved
from twosource.model import Place, Span
from twosource.text import sentences


def read(text: str) -> tuple[Place, ...]:
    """The places of a text."""
    return find_places(text, sentences(text))


def km(place: Place, lat: float, lon: float) -> float:
    """How far a place lies from a point."""
    assert place.lat is not None
    assert place.lon is not None
    a, b, c, d = map(math.radians, (place.lat, place.lon, lat, lon))
    return 12742 * math.asin(
        math.sqrt(math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2)
    )


# sentence, words of the place, relation, latitude, longitude, how many km off is right, radius at least and at most
CASES: list[tuple[str, str, str, float, float, float, float, float]] = [
    (
        "It fell 40 miles southeast of Tripoli, Libya.",
        "40 miles southeast of Tripoli",
        "offset",
        32.48,
        13.67,
        8,
        8,
        30,
    ),
    ("The bus stopped 20 km north of Nairobi.", "20 km north of Nairobi", "offset", -1.10, 36.82, 5, 2, 12),
    (
        "The farm is about 30 kilometers west of Berlin.",
        "about 30 kilometers west of Berlin",
        "offset",
        52.52,
        12.97,
        8,
        5,
        20,
    ),
    (
        "The pit lies 12 miles to the south of Denver.",
        "12 miles to the south of Denver",
        "offset",
        39.57,
        -104.98,
        8,
        2,
        12,
    ),
    (
        "A camp 5 miles northeast of Amman was closed.",
        "5 miles northeast of Amman",
        "offset",
        31.98,
        35.99,
        10,
        2,
        10,
    ),
    (
        "They met some 100 miles (160 km) east of Baghdad.",
        "some 100 miles (160 km) east of Baghdad",
        "offset",
        33.34,
        46.12,
        20,
        20,
        70,
    ),
    (
        "The wreck is 200 nautical miles west of Ireland.",
        "200 nautical miles west of Ireland",
        "offset",
        52.9,
        -13.5,
        30,
        40,
        130,
    ),
    (
        "Snow fell two hours north of Chicago.",
        "two hours north of Chicago",
        "offset",
        43.29,
        -87.65,
        20,
        20,
        80,
    ),
    ("The mill is 500 yards south of Oslo.", "500 yards south of Oslo", "offset", 59.91, 10.74, 4, 1, 10),
    (
        "It landed 10 to 20 miles southwest of Madrid.",
        "10 to 20 miles southwest of Madrid",
        "offset",
        40.26,
        -3.91,
        10,
        3,
        15,
    ),
    (
        "A shed several miles east of Vienna, Austria, burned.",
        "several miles east of Vienna",
        "offset",
        48.21,
        16.46,
        8,
        2,
        12,
    ),
    ("They live north of Boston.", "north of Boston", "offset", 42.55, -71.06, 20, 15, 60),
    ("They live just north of Boston.", "just north of Boston", "offset", 42.45, -71.06, 12, 4, 25),
    ("The fire is burning southwest of Athens.", "southwest of Athens", "offset", 37.83, 23.55, 25, 15, 60),
    ("The truck was left near Lyon.", "near Lyon", "near", 45.75, 4.85, 5, 15, 40),
    ("The truck was left near the city of Lyon.", "near the city of Lyon", "near", 45.75, 4.85, 5, 15, 40),
    ("The kiln is close to Porto.", "close to Porto", "near", 41.15, -8.61, 5, 15, 40),
    ("It is not far from Seville.", "not far from Seville", "near", 37.38, -5.97, 5, 15, 40),
    ("She was found outside Denver.", "outside Denver", "outside", 39.74, -104.98, 5, 12, 40),
    ("She was found just outside of Denver.", "just outside of Denver", "outside", 39.74, -104.98, 5, 12, 40),
    (
        "Tents stood on the outskirts of Aleppo, Syria.",
        "on the outskirts of Aleppo",
        "outside",
        36.2,
        37.16,
        5,
        12,
        45,
    ),
    (
        "Tents stood on the northern outskirts of Aleppo, Syria.",
        "on the northern outskirts of Aleppo",
        "outside",
        36.2,
        37.16,
        5,
        12,
        45,
    ),
    ("They camped on the edge of Turin.", "on the edge of Turin", "outside", 45.07, 7.69, 5, 12, 40),
    ("The balloon was seen over Damascus.", "over Damascus", "over", 33.51, 36.29, 5, 5, 30),
    ("Lights hung in the skies above Prague.", "in the skies above Prague", "over", 50.09, 14.42, 5, 5, 30),
    (
        "Oil spread off the coast of Louisiana.",
        "off the coast of Louisiana",
        "near",
        30.9,
        -92.0,
        100,
        60,
        500,
    ),
    ("A boat sank off the coast of Libya.", "off the coast of Libya", "near", 28, 17, 50, 500, 1200),
    ("It surfaced off Halifax, Nova Scotia.", "off Halifax", "near", 44.65, -63.57, 10, 40, 100),
    (
        "The whale died 15 miles off the coast of Oregon.",
        "15 miles off the coast of Oregon",
        "near",
        43.98,
        -120.74,
        100,
        100,
        500,
    ),
    (
        "The buoy is 30 miles from Galveston, Texas.",
        "30 miles from Galveston",
        "near",
        29.3,
        -94.8,
        10,
        40,
        80,
    ),
    (
        "The lab is within 5 miles of Dayton, Ohio.",
        "within 5 miles of Dayton",
        "near",
        39.76,
        -84.19,
        5,
        8,
        30,
    ),
    ("It lies 3 km outside Geneva.", "3 km outside Geneva", "outside", 46.2, 6.15, 5, 3, 25),
    (
        "Villagers live an hour's drive from Nairobi.",
        "an hour's drive from Nairobi",
        "near",
        -1.28,
        36.82,
        5,
        60,
        150,
    ),
    (
        "A bus burned between Mosul and Kirkuk in Iraq.",
        "between Mosul and Kirkuk",
        "between",
        35.9,
        43.76,
        15,
        40,
        120,
    ),
    (
        "The road between Lyon and Geneva was shut.",
        "between Lyon and Geneva",
        "between",
        45.98,
        5.49,
        15,
        30,
        90,
    ),
    (
        "Trains between Milan and Turin stood still.",
        "between Milan and Turin",
        "between",
        45.27,
        8.43,
        15,
        40,
        100,
    ),
    ("A drone went missing over the Libyan capital.", "capital", "over", 32.88, 13.19, 10, 5, 40),
    ("The envoy left Kenya's capital.", "capital", "in", -1.28, 36.82, 10, 5, 40),
    ("Shops in the capital of Peru stayed shut.", "the capital", "in", -12.05, -77.04, 10, 5, 60),
    (
        "Fighting broke out in the capital. Libya has two governments.",
        "the capital",
        "in",
        32.88,
        13.19,
        10,
        5,
        40,
    ),
    (
        "A station near the border with Ukraine was hit in Poland.",
        "near the border with Ukraine",
        "near",
        49,
        32,
        100,
        300,
        900,
    ),
    (
        "They searched along the coast of Croatia.",
        "along the coast of Croatia",
        "near",
        45.2,
        15.5,
        100,
        100,
        400,
    ),
]


@pytest.mark.parametrize(
    ("text", "words", "relation", "lat", "lon", "off", "least", "most"), CASES, ids=[c[0] for c in CASES]
)
def test_relative_places(
    text: str, words: str, relation: str, lat: float, lon: float, off: float, least: float, most: float
) -> None:
    """Each phrase becomes a place with that relation, near that point, with a radius that says how sure it is."""
    found = read(text)
    place = next((p for p in found if p.span.of(text) == words), None)
    assert place is not None, [(p.span.of(text), p.name) for p in found]
    assert place.relation == relation
    assert km(place, lat, lon) <= off
    assert place.radius_km is not None
    assert least <= place.radius_km <= most
    assert place.why


def test_an_unknown_village_takes_the_point_that_the_text_gives() -> None:
    """A name that no gazetteer has keeps its name and lies where the text says."""
    text = "Qasr Nowhereby, a village 12 miles east of Benghazi, was hit in Libya."
    at = text.index("Qasr Nowhereby")
    found = find_places(text, sentences(text), [(Span(at, at + len("Qasr Nowhereby")), "GPE")])
    village = found[0]
    assert village.name == "Qasr Nowhereby"
    assert km(village, 32.11, 20.28) < 10
    assert "12 miles" in village.why or "19 km" in village.why


def test_an_unknown_place_stays_named_and_unresolved() -> None:
    """No coordinates are made up."""
    text = "The search moved to Qasr Nowhereby."
    found = find_places(text, sentences(text), [(Span(20, 34), "GPE")])
    assert [(p.name, p.lat, p.geonameid) for p in found] == [("Qasr Nowhereby", None, None)]


PLAIN = [
    (
        "He flew from Chicago to London.",
        ["Chicago, Illinois, United States", "London, England, United Kingdom"],
    ),
    (
        "FERGUS FALLS, Minn. - A road was closed.",
        ["Fergus Falls, Minnesota, United States", "Minnesota, United States"],
    ),
    ("She is from Paris, Texas.", ["Paris, Texas, United States", "Texas, United States"]),
    (
        "Officials in Tripoli and Benghazi spoke of Libya.",
        ["Tripoli, Libya", "Benghazi, Banghazi, Libya", "Libya"],
    ),
    (
        "Otter Tail County deputies went to Fergus Falls.",
        ["Otter Tail County, Minnesota, United States", "Fergus Falls, Minnesota, United States"],
    ),
    ("The Black Sea was calm.", ["Black Sea"]),
    ("Aid came from Africa and the Middle East.", ["Africa", "Middle East"]),
    ("French and Kenyan officers met.", ["France", "Kenya"]),
    ("Jordan Miller and Paris Reed wrote to us.", []),
    ("Police said so on Sunday.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "names"), PLAIN, ids=[c[0] for c in PLAIN])
def test_plain_places(text: str, names: list[str]) -> None:
    """Town, region and country as the report's words and context give them; people and common words are no places."""
    assert [p.full_name for p in read(text)] == names


def test_context_decides_between_namesakes() -> None:
    """The same name is another town in another report."""
    one = read(
        "Storms hit Missouri. The mayor of Springfield and the mayor of Joplin asked Missouri for help."
    )
    two = read(
        "Storms hit Massachusetts. The mayor of Springfield and the mayor of Worcester asked Massachusetts for help."
    )
    assert any(p.full_name == "Springfield, Missouri, United States" for p in one)
    assert any(p.full_name == "Springfield, Massachusetts, United States" for p in two)


def test_spans_lie_in_the_text_and_in_order() -> None:
    """Offsets are those of the text."""
    text = " ".join(c[0] for c in CASES)
    found = read(text)
    assert list(found) == sorted(found, key=lambda p: (p.span, p.name))
    assert all(0 <= p.span.start < p.span.end <= len(text) for p in found)


@given(st.text(alphabet="PTaris, Tx. LondonUSA'’-–of the near40miles\n", max_size=200))
def test_never_raises(text: str) -> None:
    """Whatever the text is, spans lie in it and points lie on the Earth."""
    for p in read(text):
        assert 0 <= p.span.start < p.span.end <= len(text)
        assert p.lat is None or (-90 <= p.lat <= 90 and p.lon is not None and -180 <= p.lon <= 180)


def test_many_places_stay_cheap() -> None:
    """A long list of places is weighed in time that grows with its length."""
    text = "\n".join(
        f"The mayors of Springfield, Dayton, Paris and Number{n} City met in Salem, Ohio." for n in range(400)
    )
    assert len(read(text)) > 1_500


@given(
    st.floats(-80, 80), st.floats(-179, 179), st.sampled_from([0.0, 45.0, 90.0, 225.0]), st.floats(0, 2_000)
)
def test_moving_is_as_far_as_it_says(lat: float, lon: float, bearing: float, distance: float) -> None:
    """A point moved so far lies so far away."""
    there = moved(lat, lon, bearing, distance)
    assert abs(distance_km((lat, lon), there) - distance) < 0.1
