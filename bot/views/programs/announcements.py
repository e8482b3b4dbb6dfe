"""The announcement: as a post, as its preview, and as text for other places."""

import json

from bot.domain.announcements import (
    AnnouncedBefore,
    Announcement,
    AnnouncementPreview,
    NotAnnounced,
)
from bot.domain.message import Block, Message, View
from bot.i18n import Reader, channel, mention, reader
from bot.views import blocks, ids, messages
from bot.views.messages import renders
from bot.views.programs.panel import panel_button
from bot.views.refusals import Said, says


@renders(Announcement)
def post(t: Reader, announcement: Announcement) -> Message:
    said = t(
        "Would you like to take part, as a mentor, a mentee or both? Press *Join*. It takes two "
        "minutes, and leaving is just as easy."
    )
    contact = t("Questions or worries? Talk to {person}.", person=mention(announcement.contact))
    join = blocks.button(
        t.plain("Join"), ids.word_action("join"), announcement.program_id, style="primary"
    )
    return Message(
        t("{name}: a mentoring programme you can join", name=announcement.name),
        (
            blocks.header(announcement.name),
            blocks.quote(announcement.purpose),
            blocks.section(said),
            blocks.actions(join),
            blocks.context(contact),
        ),
    )


def preview(t: Reader, shown: AnnouncementPreview) -> View:
    """What would be posted, to the letter; its buttons only say what they are."""
    where = channel(shown.channel_id)
    if shown.posted_before:
        intro = t("This is in {channel} already. Posting again makes a second post.", channel=where)
        submit = t.plain("Post it again")
    else:
        intro = t("This is what everybody in {channel} will read:", channel=where)
        submit = t.plain("Post it")
    again = "yes" if shown.posted_before else ""
    return blocks.modal(
        t.plain("Announcement"),
        [blocks.section(intro), blocks.divider(), *_as_posted(t, shown), *_to_copy(t, shown)],
        callback_id=ids.ANNOUNCE_POST,
        submit=submit,
        close=t.plain("Close"),
        meta=json.dumps({"program": shown.announcement.program_id, "again": again}),
    )


def posted(t: Reader, shown: AnnouncementPreview) -> Message:
    """What happens now, and the text for those who read no channel."""
    said = t(
        "I'm posting it in {channel} now. Whoever joins is counted on your panel. If the channel "
        "doesn't take the post, I'll tell you.",
        channel=channel(shown.channel_id),
    )
    panel = blocks.actions(panel_button(t))
    return Message(said, (blocks.section(said), *_to_copy(t, shown), panel))


@renders(NotAnnounced)
def not_announced(t: Reader, failure: NotAnnounced) -> Message:
    where = channel(failure.channel_id)
    again = blocks.button(t.plain("Try again"), ids.ANNOUNCE, failure.program_id, style="primary")
    other = blocks.button(t.plain("Pick another channel"), ids.PROGRAM_SETTINGS, failure.program_id)
    if failure.invite:
        said = t(
            "The announcement isn't posted yet: I'm not in {channel}. Type `/invite` there and "
            "pick {bot}, then try again.",
            channel=where,
            bot=mention(failure.bot_user_id),
        )
    else:
        said = t(
            "The announcement isn't posted: Slack doesn't let me write in {channel}. Perhaps it's "
            "archived, or only some people may post there.",
            channel=where,
        )
    return Message(said, (blocks.section(said), blocks.actions(again, other)))


@says(AnnouncedBefore)
def _announced_before(t: Reader, refusal: AnnouncedBefore) -> Said:
    look = blocks.button(t.plain("Look at it again"), ids.ANNOUNCE, refusal.program_id)
    return t("It's posted already. If you want a second post, look at it once more."), (look,)


def _as_posted(t: Reader, shown: AnnouncementPreview) -> list[Block]:
    rendered = messages.render(shown.readers, [shown.announcement], offers_languages=False)
    return [_inert(t, block) for block in rendered.blocks]


def _inert(t: Reader, block: Block) -> Block:
    if block["type"] != "actions":
        return block
    labels = [element["text"]["text"] for element in block["elements"]]
    return blocks.context(t("Button: *{label}*", label=", ".join(labels)))


def _to_copy(t: Reader, shown: AnnouncementPreview) -> list[Block]:
    said = t("For WhatsApp, e-mail or anywhere else, copy this:")
    announcement = shown.announcement
    ways = [_how_to_join(reader(locale, tz), shown.link) for locale, tz in shown.readers]
    text = "\n\n".join([announcement.name, announcement.purpose, *ways])
    return [blocks.divider(), blocks.section(said), blocks.copyable(text)]


def _how_to_join(t: Reader, link: str | None) -> str:
    said = t.plain(
        "Would you like to take part, as a mentor or a mentee? Write “join” to the app in Slack."
    )
    return f"{said} {link}" if link else said
