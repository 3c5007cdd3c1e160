"""An invented incident in six reports, for the tests of the brief; and that its evidence points where it should."""

from __future__ import annotations

from twosource.brief import summarise
from twosource.model import (
    Account,
    Actor,
    Alias,
    Annotation,
    Article,
    Backing,
    Brief,
    Claim,
    Denial,
    Disagreement,
    Evidence,
    Facts,
    Furniture,
    Hypothesis,
    Masthead,
    Mention,
    Moment,
    Origin,
    Passage,
    Place,
    Question,
    Refusal,
    Relation,
    Report,
    Reuse,
    Side,
    Span,
    Statement,
    Toll,
    When,
)

WIRE = """The coastal service believes that the research buoy lost off Amsel Head on May 3 was rammed by a trawler of the Vell fleet.
Commander Mara Voss told Harbour Wire that the crew "did not know what they had hit".
"They know it now," she added.
The Vell fleet denied that its boats had been near the buoy.
At least 4 divers were hurt, the service said."""
REPRINT = WIRE + "\nDOWNLOAD OUR APP FOR MORE"
OWN = """Ivo Lenn, a spokesman for the coastal service, told The Sextant that a trawler may have struck the research buoy.
Nobody knows yet whether it was one of the Vell boats or the ferry Grebe, Lenn said.
Five divers were hurt, according to the hospital at Amsel.
The buoy lay about 6 miles east of Amsel."""
OPINION = """The Vell fleet rammed the research buoy, and everybody on the coast knows it.
They will do it again."""


def at(report: str, words: str) -> Evidence:
    """The passage of those words in one of the reports."""
    start = TEXTS[report].index(words)
    return Evidence(report, Span(start, start + len(words)))


TEXTS = {"a": WIRE, "b": REPRINT, "c": OWN, "d": OPINION}


def statement(
    name: str, report: str, content: str, cue: str = "", source: str = "", **more: object
) -> Statement:
    """A statement of a report by its words."""
    values: dict[str, object] = {
        "who": None,
        "kind": None,
        "told": None,
        "via": None,
        "stance": "asserts",
        "certainty": "asserted",
        "mode": "indirect" if source else "narration",
    }
    values.update(more)
    return Statement(
        id=name,
        report=report,
        content=(at(report, content).span,),
        cue=(at(report, cue).span,) if cue else (),
        source=(at(report, source).span,) if source else (),
        **values,  # type: ignore[arg-type]
    )


def _wire(report: str) -> tuple[Statement, ...]:
    service = {"who": "coastal service", "kind": "organisation"}
    rammed = "the research buoy lost off Amsel Head on May 3 was rammed by a trawler of the Vell fleet"
    return (
        statement(f"s{report}1", report, rammed, "believes", "The coastal service", certainty="assessed", **service),
        statement(
            f"s{report}2", report, 'the crew "did not know what they had hit"', "told", "Commander Mara Voss",
            who="Mara Voss", kind="person", told="Harbour Wire", mode="mixed",
        ),
        statement(f"s{report}3", report, "They know it now", "added", "she", who="Mara Voss", kind="person", mode="direct"),
        statement(
            f"s{report}4", report, "its boats had been near the buoy", "denied", "The Vell fleet",
            who="Vell fleet", kind="organisation", stance="denies",
        ),
        statement(f"s{report}5", report, "At least 4 divers were hurt", "said", "the service", **service),
    )  # fmt: skip


def annotations() -> tuple[Annotation, ...]:
    """What each report says."""
    may = at("c", "may have").span
    own = (
        statement(
            "sc1", "c", "a trawler may have struck the research buoy", "told", "Ivo Lenn, a spokesman for the coastal service",
            who="Ivo Lenn", kind="person", told="The Sextant", stance="hedges", certainty="possible", hedge=(may,),
        ),
        statement("sc2", "c", "whether it was one of the Vell boats or the ferry Grebe", "said", "Lenn", who="Ivo Lenn", kind="person", stance="asks"),
        statement("sc3", "c", "Five divers were hurt", "according to", "the hospital at Amsel", who="hospital at Amsel", kind="organisation"),
    )  # fmt: skip
    opinion = (
        statement(
            "sd1",
            "d",
            "The Vell fleet rammed the research buoy",
            kind="reporter",
            register="common_knowledge",
        ),
        statement("sd2", "d", "They will do it again", kind="reporter", register="opinion"),
    )
    may_3 = When(at("a", "May 3").span, "DATE", "XXXX-05-03", "XXXX-05-03")
    head = Place(
        at("a", "Amsel Head").span, "Amsel Head", 1, 54.2, 7.9, 5.0, "Amsel Head, Lower Coast, Amsel", "area"
    )
    east = Place(
        at("c", "about 6 miles east of Amsel").span,
        "Amsel",
        2,
        54.2,
        8.1,
        4.0,
        "Amsel, Lower Coast, Amsel",
        relation="offset",
    )
    named = Mention(at("a", "Commander Mara Voss").span, "person", "Mara Voss")
    return (
        Annotation("a", "en", statements=_wire("a"), times=(may_3,), places=(head,), mentions=(named,)),
        Annotation("b", "en", statements=_wire("b"), mentions=(named,)),
        Annotation(
            "c",
            "en",
            statements=own,
            places=(east,),
            mentions=(Mention(at("c", "Ivo Lenn").span, "person", "Ivo Lenn"),),
        ),
        Annotation("d", "en", statements=opinion),
    )


def articles() -> tuple[Article, ...]:
    """The reports with their outlets; that of the reprint is not known."""
    app = Furniture(at("b", "DOWNLOAD OUR APP FOR MORE").span, "promo", "capitals that name the outlet's app")
    return (
        Article(
            Report(
                "a",
                WIRE,
                "Buoy rammed off Amsel",
                outlet="The Lowland Post",
                published="2031-05-05",
                url="https://post.example/buoy",
            )
        ),
        Article(Report("b", REPRINT, original="b.txt", sha256="0" * 64), (app,), Masthead()),
        Article(Report("c", OWN, outlet="The Sextant", published="2031-05-06")),
        Article(Report("d", OPINION, outlet="Coast View")),
    )


def account() -> Account:
    """The account, as the rooms below would hand it over."""
    rammed = Claim(
        "c1",
        "A trawler of the Vell fleet rammed the research buoy.",
        "main",
        ("sa1", "sb1", "sc1", "sd1", "sa4", "sb4"),
    )
    hurt = Claim("c2", "Divers were hurt.", "main", ("sa5", "sb5", "sc3"))
    knew = Claim("c3", "They know it now.", "background", ("sa3", "sb3"))
    service = Origin(
        "coastal service", "organisation", "assessed", None, ("Harbour Wire", "The Sextant"), ("a", "b", "c")
    )
    hospital = Origin("hospital at Amsel", "organisation", "documented", None, ("The Sextant",), ("c",))
    voss = Origin("Mara Voss", "person", "relayed", "coastal service", ("Harbour Wire",), ("a", "b"))
    denials = (Denial("sa4", "claim"), Denial("sb4", "claim", "The Lowland Post"))
    return Account(
        id="i1",
        title="",
        articles=articles(),
        annotations=annotations(),
        reuse=(
            Reuse("a", "b", "same_text", 1.0, None, (Passage(Span(0, 60), Span(0, 60)),), "The same 83 words."),
            Reuse("a", "c", "shared_source", 0.04, None, (), "Both go back to the coastal service."),
        ),
        actors=(
            Actor("p1", "Mara Voss", "person", (Alias("Voss", 2),), ("Commander",), (), ("o1",), (at("a", "Commander Mara Voss"),)),
            Actor("o1", "coastal service", "organisation", mentions=(at("a", "The coastal service"), at("c", "the coastal service"))),
        ),
        relations=(Relation("p1", "commands", "o1", (at("a", "Commander Mara Voss"),), ("sa2",)),),
        claims=(rammed, hurt, knew),
        backings=(
            Backing(
                "c1", (service,), ("a", "b", "c", "d"), ("The Lowland Post", "The Sextant", "Coast View"), 1,
                ("Harbour Wire", "The Sextant"), 1, 2, "possible", "disputed", denials, "Commander and spokesman speak for one service.",
            ),
            Backing("c2", (service, hospital), ("a", "b", "c"), ("The Lowland Post", "The Sextant"), 1, ("The Sextant",), 2, 2, "asserted", "corroborated", (), "Two bodies."),
            Backing("c3", (voss,), ("a", "b"), ("The Lowland Post",), 1, ("Harbour Wire",), 1, 1, "asserted", "single_origin", (), "One interview."),
        ),
        disagreements=(
            Disagreement("d1", "quantity", "how many were hurt", "precision", (Side("at least 4", at("a", "At least 4 divers were hurt")), Side("5", at("c", "Five divers were hurt"))), "Five is at least four.", 2.0),
            Disagreement("d2", "place", "where", "contradiction", (Side("off Amsel Head", at("a", "off Amsel Head")), Side("6 miles east of Amsel", at("c", "about 6 miles east of Amsel"))), "The two are 13 km apart.", 1.0),
            Disagreement("d3", "name", "name of the place", "variant", (Side("Amsel Head", at("a", "Amsel Head")), Side("Amsel", at("c", "hospital at Amsel"))), "One place.", 0.1),
        ),
        questions=(
            Question("What struck the buoy?", (
                Hypothesis("Vell boats", ("sa1", "sb1"), ("sa4", "sb4"), ("sc2",)),
                Hypothesis("the ferry Grebe", (), (), ("sc2",)),
                Hypothesis("other or not established", (), (), ("sc2",)),
            )),
        ),
        timeline=(Moment("XXXX-05-03", "The research buoy is lost off Amsel Head.", (at("a", "lost off Amsel Head on May 3"),)),),
        facts=Facts(
            "XXXX-05-03", annotations()[0].places[0], None, Toll(4, None, (at("a", "At least 4 divers"),)),
            (at("a", "on May 3"),), (at("a", "off Amsel Head"),),
        ),
        central="c1",
    )  # fmt: skip


def brief(*accounts: Account) -> Brief:
    """A brief of the account, summarised."""
    given = accounts or (account(),)
    return Brief(
        tuple(summarise(a) for a in given),
        (Refusal("photo.jpg", "an image, not a text; give its caption as text"),),
        None,
        ("a model",),
        ("0" * 64,),
    )


def test_every_statement_of_the_invented_account_lies_in_its_report() -> None:
    """The other tests may trust the offsets."""
    for s in account().statements:
        for span in (*s.content, *s.cue, *s.source, *s.hedge):
            assert span.of(TEXTS[s.report]).strip()
