"""The form, what is said once something is kept, shared or deleted, and what a partner reads."""

import json

from bot.domain.limits import LONG_TEXT
from bot.domain.message import Block, Message, View
from bot.domain.reflections import Deleted, FormShown, Partner, Saved, SharedReflection
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.messages import renders
from bot.views.reflections import bold, delete_button, log_button, question

ONLY_ME = "only_me"


def form(t: Reader, shown: FormShown, *, from_log: bool = False) -> View:
    asked = shown.prompt_id or shown.question_id
    inputs = [blocks.section(bold(question(t, shown.question_id)))] if asked else []
    inputs.append(
        blocks.text_input(
            "body",
            t.plain("Your answer") if asked else t.plain("What would you like to keep?"),
            initial=shown.body,
            multiline=True,
            limit=LONG_TEXT,
            hint=t.plain("Up to {limit} characters.", limit=LONG_TEXT),
        )
    )
    if shown.partners:
        inputs.append(_visibility(t, shown))
    else:
        inputs.append(blocks.context(t("Only you will see it.")))
    ids_of = {"prompt": shown.prompt_id, "reflection": shown.reflection_id}
    meta = {key: value for key, value in ids_of.items() if value}
    if from_log:
        meta["from"] = "log"
    return blocks.modal(
        t.plain("Reflection"),
        inputs,
        callback_id=ids.REFLECTION_SAVE,
        submit=t.plain("Save"),
        close=t.plain("Cancel"),
        meta=json.dumps(meta),
    )


def _visibility(t: Reader, shown: FormShown) -> Block:
    options = [(t.plain("Only me"), ONLY_ME)]
    options += [(share_label(t, partner), partner.match_id) for partner in shown.partners]
    return blocks.radio_input(
        "visibility",
        t.plain("Who may read it?"),
        options,
        initial=shown.shared_with or ONLY_ME,
        hint=t.plain("Programme leads never see reflections."),
    )


def share_label(t: Reader, partner: Partner) -> str:
    return t.plain("Share with {name}", name=partner.name)


def saved(t: Reader, event: Saved, *, thread_ts: str | None = None) -> Message:
    """What happens next, and every way to change one's mind. Holds nothing of the text."""
    said = _kept(t, event)
    buttons = [blocks.button(t.plain("Change"), ids.REFLECTION_EDIT, event.reflection_id)]
    if event.may_share_with:
        buttons.append(share_button(t, event.reflection_id, event.may_share_with))
    if event.shared_with:
        buttons.append(withdraw_button(t, event.reflection_id))
    buttons += [delete_button(t, event.reflection_id), log_button(t)]
    return Message(said, (blocks.section(said), blocks.actions(*buttons)), thread_ts)


def _kept(t: Reader, event: Saved) -> Markup:
    if event.shared_with is None:
        return t("Kept. Only you can see it.")
    partner = mention(event.shared_with.slack_user_id)
    if event.newly_shared:
        return t("Kept and shared. {partner} gets it in their own hours.", partner=partner)
    return t(
        "Kept. {partner} can read it; a message they already have stays as it was.",
        partner=partner,
    )


def withdrawn(t: Reader, event: Saved) -> Message:
    said = t("Only you can see it now. If it was sent already, that message stays where it is.")
    buttons = [delete_button(t, event.reflection_id), log_button(t)]
    if event.may_share_with:
        buttons.insert(0, share_button(t, event.reflection_id, event.may_share_with))
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def deleted(t: Reader, event: Deleted, *, thread_ts: str | None = None) -> Message:
    if event.was_shared_with is None:
        said = t("Deleted. It's gone from your reflections too.")
    else:
        said = t(
            "Deleted. A message that {partner} already has stays with them.",
            partner=mention(event.was_shared_with.slack_user_id),
        )
    return Message(said, (blocks.section(said), blocks.actions(log_button(t))), thread_ts)


def share_button(t: Reader, reflection_id: str, partner: Partner) -> blocks.Element:
    return blocks.button(share_label(t, partner), ids.REFLECTION_SHARE, reflection_id)


def withdraw_button(t: Reader, reflection_id: str) -> blocks.Element:
    return blocks.button(t.plain("Stop sharing"), ids.REFLECTION_WITHDRAW, reflection_id)


@renders(SharedReflection)
def shared(t: Reader, event: SharedReflection) -> Message:
    author = mention(event.author.slack_user_id)
    said = t("{author} shares a reflection with you.", author=author)
    shown = [blocks.section(said)]
    if event.question_id:
        shown.append(blocks.context(bold(question(t, event.question_id))))
    return Message(said, (*shown, blocks.quote(event.body), blocks.actions(log_button(t))))
