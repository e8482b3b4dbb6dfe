"""Who has joined: what leads look at when they look for two who fit."""

from bot.domain.lifecycle import Role
from bot.domain.members import Member, Members
from bot.domain.message import Block, View
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.participants import meets, role_name, talks


def listed(t: Reader, found: Members) -> View:
    if found.members:
        said = t(
            "Who has joined *{name}*. Those who can be proposed come first.", name=found.program
        )
        step = blocks.button(t.plain("Propose a pair"), ids.word_action("pair"), style="primary")
    else:
        said = t(
            "Nobody has joined *{name}* yet. The announcement invites them.", name=found.program
        )
        step = blocks.button(
            t.plain("Invite people"), ids.ANNOUNCE, found.program_id, style="primary"
        )
    shown: list[Block] = [blocks.section(said), blocks.actions(step)]
    for member in found.members:
        shown += _member(t, member)
    shown += _paging(t, found)
    return blocks.modal(t.plain("Who has joined"), shown, close=t.plain("Close"))


def _member(t: Reader, member: Member) -> list[Block]:
    card = member.card
    who, role = mention(card.slack_user_id), role_name(t, card.role)
    said = t("*{person}*, {role}: {state}", person=who, role=role, state=_state(t, member))
    facts = Markup(" · ").join([talks(t, card.profile), meets(t, card)])
    return [blocks.section(said), blocks.quote(card.profile.topics), blocks.context(facts)]


def _state(t: Reader, member: Member) -> Markup:
    if not member.card.profile.may_match:
        return t("no proposals for now")
    if member.proposals:
        return t("asked, the answer is open")
    if member.card.role is Role.MENTOR:
        free = t.plural("one place free", "{n} places free", member.free_places)
        return free if member.free_places else t("no place free")
    return t("has a mentor") if member.pairs else t("no mentor yet")


def _paging(t: Reader, found: Members) -> list[Block]:
    turns = []
    if found.page:
        turns.append(_turn(found, t.plain("Previous page"), "back", found.page - 1))
    if found.has_more:
        turns.append(_turn(found, t.plain("Next page"), "on", found.page + 1))
    return [blocks.actions(*turns)] if turns else []


def _turn(found: Members, label: str, way: str, page: int) -> blocks.Element:
    return blocks.button(label, f"{ids.PROGRAM_MEMBERS}#{way}", f"{found.program_id}|{page}")


def members_button(t: Reader, program_id: str) -> blocks.Element:
    return blocks.button(t.plain("Who has joined"), ids.PROGRAM_MEMBERS, program_id)
