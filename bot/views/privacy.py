"""What is kept about a person, in plain words; their own copy of it; and its end."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum

from bot.domain.lifecycle import Role, Visibility
from bot.domain.message import Block, View
from bot.domain.privacy import Consent, Export, Kept, Row, StillNeeded
from bot.i18n import N_, Markup, Reader
from bot.views import blocks
from bot.views.blocks import Element
from bot.views.ids import word_action
from bot.views.refusals import Said, says

READ = "privacy.read"
PAGE = "privacy.page"
EXPORT = "privacy.export"
MATCHING = "privacy.matching"
DELETE = "privacy.delete"
ERASE = "privacy.erase"

_PAGE = 2_500  # characters of one page, well within what a modal takes

# What is counted together, and what it is called.
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Profile: name, time zone, language, hours"), ("person",)),
    (N_("Programmes joined, with your topics"), ("participant",)),
    (N_("Programmes you lead or made"), ("program", "program_lead")),
    (N_("Mentorings, past and present"), ("match",)),
    (N_("Sessions: time, place, agenda"), ("mentoring_session",)),
    (N_("Reflections"), ("reflection",)),
    (N_("Goals"), ("goal",)),
    (N_("Days away"), ("leave",)),
    (
        N_("Messages planned and sent: when and which kind, no words"),
        ("schedule", "prompt", "prompt_slot", "delivery", "delivery_event"),
    ),
    (N_("Steps you took, such as joining: when, no words"), ("audit",)),
)


def overview(t: Reader, kept: Kept, note: Markup | None = None) -> View:
    shown: list[Block] = [blocks.section(note), blocks.divider()] if note else []
    shown += [
        blocks.section(t("*What I keep about you*")),
        blocks.section(Markup("\n").join(_counted(t, kept))),
        blocks.context(
            t(
                "Your words stay until you delete them; leads never see reflections or goals. "
                "Records of messages go after 180 days. If the app is removed, everything goes "
                "within 14 days."
            )
        ),
        blocks.actions(
            blocks.button(t.plain("Read it here"), READ),
            blocks.button(t.plain("Export as files"), EXPORT),
        ),
    ]
    if kept.consents:
        shown += [blocks.divider(), blocks.section(t("*What you agreed to*"))]
        shown += [_consent(t, n, consent) for n, consent in enumerate(kept.consents[:20])]
    button = blocks.button(t.plain("Delete everything …"), DELETE, style="danger")
    shown += [blocks.divider(), blocks.actions(button)]
    return blocks.modal(t.plain("Privacy"), shown, close=t.plain("Close"))


def page(t: Reader, export: Export, number: int) -> View:
    """One's own copy, a page at a time."""
    pages = _pages(markdown(t, export))
    n = min(max(number, 0), len(pages) - 1)
    shown: list[Block] = [blocks.quote(pages[n])]
    turns = _turns(t, n, len(pages))
    if turns:
        shown.append(blocks.actions(*turns))
    return blocks.modal(t.plain("What I keep about you"), shown, close=t.plain("Close"))


def delete_form(t: Reader, parent: str) -> View:
    return blocks.modal(
        t.plain("Delete everything"),
        [
            blocks.section(
                t(
                    "*What goes, for good:* your reflections, goals, topics, settings and days "
                    "away, the agendas and places of your sessions, and all records of messages. "
                    "You leave every programme; your partners read that the mentoring has ended, "
                    "not why."
                )
            ),
            blocks.section(
                t(
                    "*What stays:* that a mentoring took place, without your name or any words; "
                    "what your partners wrote themselves; and messages already in Slack, which "
                    "only Slack can delete."
                )
            ),
            blocks.context(t("You might want to export your data first.")),
        ],
        callback_id=ERASE,
        submit=t.plain("Delete for good"),
        close=t.plain("Keep it"),
        meta=json.dumps({"parent": parent}),
    )


def erased(t: Reader) -> View:
    said = t("Deleted. I know nothing about you any more. You can join again any time.")
    return blocks.modal(t.plain("Privacy"), [blocks.section(said)], close=t.plain("Close"))


def exported(t: Reader) -> Markup:
    return t("Sent: two files are in our direct messages, one to read and one for other software.")


def no_files(t: Reader, *, may_not: bool) -> Markup:
    if may_not:
        return t(
            "I may not send files in this workspace: an admin can allow it by granting "
            "`files:write`. Meanwhile everything can be read here."
        )
    return t("Sending files didn't work just now. Try again later, or read everything here.")


def files(t: Reader, export: Export) -> tuple[tuple[str, bytes, str], ...]:
    """Name, content and title of each file."""
    day = export.at.date().isoformat()
    readable, exact = markdown(t, export), _json(export)
    return (
        (f"mentoring-{day}.md", readable.encode(), t.plain("Your data, to read")),
        (f"mentoring-{day}.json", exact.encode(), t.plain("Your data, complete")),
    )


def markdown(t: Reader, export: Export) -> str:
    """What is written about and by a person, to read; the JSON file has every column."""
    parts = [
        f"# {t.plain('What I keep about you')}\n\n{t.date(export.at)}",
        _part(t.plain("Profile"), [_profile(t, row) for row in export.tables["person"]]),
        _part(
            t.plain("Programmes"), [_place(t, export, row) for row in export.tables["participant"]]
        ),
        _part(t.plain("Mentorings"), [_match(t, export, row) for row in export.tables["match"]]),
        _part(
            t.plain("Sessions"),
            [_session(t, export, row) for row in export.tables["mentoring_session"]],
        ),
        _part(t.plain("Reflections"), [_reflection(t, r) for r in export.tables["reflection"]]),
        _part(t.plain("Goals"), [_goal(t, row) for row in export.tables["goal"]]),
        _part(t.plain("Days away"), [_leave(t, row) for row in export.tables["leave"]]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


@says(StillNeeded)
def _still_needed(t: Reader, refusal: StillNeeded) -> Said:
    said = t(
        "First somebody else takes over: you're the only lead, or the contact person, of "
        "{programs}. Then everything can be deleted.",
        programs=t.list_of(refusal.programs),
    )
    return said, (
        blocks.button(t.plain("Programme panel"), word_action("program"), style="primary"),
    )


# The overview


def _counted(t: Reader, kept: Kept) -> list[Markup]:
    lines = []
    for label, tables in _KINDS:
        n = sum(kept.counts.get(table, 0) for table in tables)
        said = t("• {what}: {n}", what=t(label), n=n)
        lines.append(t("• {what}", what=t(label)) if tables == ("person",) else said)
    return lines


def _consent(t: Reader, n: int, consent: Consent) -> Block:
    role = t("as mentor") if consent.role is Role.MENTOR else t("as mentee")
    if consent.may_match:
        said = t(
            "*{program}*, {role}: a lead may propose somebody", program=consent.program, role=role
        )
        label, wanted = t.plain("Withdraw consent"), "no"
    else:
        said = t("*{program}*, {role}: no proposals", program=consent.program, role=role)
        label, wanted = t.plain("Allow proposals"), "yes"
    value = f"{consent.participant_id}|{wanted}"
    return blocks.section(said, accessory=blocks.button(label, f"{MATCHING}#{n}", value))


def _turns(t: Reader, n: int, count: int) -> list[Element]:
    turns = []
    if n > 0:
        turns.append(blocks.button(t.plain("Previous page"), PAGE + "#back", str(n - 1)))
    if n + 1 < count:
        turns.append(blocks.button(t.plain("Next page"), PAGE + "#on", str(n + 1)))
    return turns


def _pages(text: str) -> list[str]:
    """Pieces that fit, broken between lines where that is possible."""
    pages, rest = [], text.strip()
    while len(rest) > _PAGE:
        cut = rest.rfind("\n", _PAGE // 2, _PAGE)
        cut = cut if cut > 0 else _PAGE
        pages.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pages, rest]


# The copy to read


def _part(title: str, entries: Sequence[str]) -> str:
    return f"## {title}\n\n" + "\n\n".join(entries) if entries else ""


def _profile(t: Reader, row: Row) -> str:
    lines = [f"- {t.plain('Name')}: {row['name']}", f"- {t.plain('Time zone')}: {row['tz']}"]
    if row["locale"]:
        lines.append(f"- {t.plain('Language')}: {row['locale']}")
    if row["message_hours"]:
        lines.append(f"- {t.plain('Message hours')}: {_week(t, row['message_hours'])}")
    if row["meeting_hours"]:
        lines.append(f"- {t.plain('Meeting hours')}: {_week(t, row['meeting_hours'])}")
    return "\n".join(lines)


def _place(t: Reader, export: Export, row: Row) -> str:
    name = export.programs.get(str(row["program_id"]), "")
    role = t.plain("as mentor") if row["role"] is Role.MENTOR else t.plain("as mentee")
    return _with_text(f"- {name}, {role}, {_day(t, row['created_at'])}", row["topics"])


def _match(t: Reader, export: Export, row: Row) -> str:
    days = f"{_day(t, row['started_at'])} – {_day(t, row['ended_at'])}"
    return _with_text(f"- {export.partners.get(str(row['id']), '')}: {days}", row["why"])


def _session(t: Reader, export: Export, row: Row) -> str:
    when = row["start_at"] or row["proposed_start_at"]
    shown = t.when(when) if isinstance(when, datetime) else ""
    partner = export.partners.get(str(row["match_id"]), "")
    place = row["place"] or row["proposed_place"]
    return _with_text(f"- {shown}, {partner}", place, row["agenda"])


def _reflection(t: Reader, row: Row) -> str:
    shared = row["visibility"] is Visibility.PARTNER
    seen = t.plain("shared with your partner") if shared else t.plain("only you")
    return _with_text(f"- {_day(t, row['written_at'])}, {seen}", row["body"])


def _goal(t: Reader, row: Row) -> str:
    by_when = f", {t.plain('by')} {_day(t, row['by_when'])}" if row["by_when"] else ""
    done = f", {t.plain('done')}" if row["done_at"] else ""
    return _with_text(f"- {_day(t, row['created_at'])}{by_when}{done}", row["what"])


def _leave(t: Reader, row: Row) -> str:
    return f"- {_day(t, row['first_day'])} – {_day(t, row['last_day'])}"


def _with_text(head: str, *texts: object) -> str:
    """An entry, with people's own words below it, each line of them marked."""
    lines = [line for text in texts if text for line in str(text).splitlines()]
    return "\n".join([head, *(f"  > {line}" for line in lines)])


def _day(t: Reader, value: object) -> str:
    return t.date(value) if isinstance(value, date) else "…"


def _week(t: Reader, hours: object) -> str:
    days = hours if isinstance(hours, list) else []
    return "; ".join(f"{t.weekday(n)} {spans}" for n, spans in enumerate(days) if spans)


# The copy for programs


def _json(export: Export) -> str:
    content: Mapping[str, object] = {"exported_at": export.at, "tables": export.tables}
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)
