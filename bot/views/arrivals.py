"""The question whether something arrived, and the news that somebody cannot be reached."""

from bot.domain.arrivals import ArrivalSaid, CannotReach, DidItArrive
from bot.domain.message import Message
from bot.i18n import Reader, channel, mention
from bot.views import blocks, ids
from bot.views.messages import renders


@renders(DidItArrive)
def did_it_arrive(t: Reader, asked: DidItArrive) -> Message:
    """Asked of the person who would see it, since the bot may not look there."""
    if asked.partner_user_id:
        said = t(
            "I opened a group conversation for you and {partner}, but can't tell whether my first "
            "lines arrived. Do you see them?",
            partner=mention(asked.partner_user_id),
        )
    else:
        said = t(
            "I posted the announcement in {channel}, but can't tell whether it arrived. "
            "Do you see it?",
            channel=channel(asked.channel_id),
        )
    return Message(
        said,
        (
            blocks.section(said),
            blocks.actions(
                blocks.button(t.plain("Yes, I see it"), ids.ARRIVED, asked.delivery_id),
                blocks.button(t.plain("Post again"), ids.POST_AGAIN, asked.delivery_id),
            ),
        ),
    )


def answered(t: Reader, event: ArrivalSaid) -> Message:
    said = t("Good, I'll post it once more.") if event.posts_again else t("Good, thanks.")
    return Message(said, (blocks.section(said),))


@renders(CannotReach)
def cannot_reach(t: Reader, failed: CannotReach) -> Message:
    """To leads, with what to do about it."""
    said = t(
        "Slack doesn't let me write to {person}. Perhaps the account was closed, or they have "
        "hidden me. A word from you may help.",
        person=mention(failed.user_id),
    )
    step = blocks.button(t.plain("Status"), ids.word_action("status"))
    return Message(said, (blocks.section(said), blocks.actions(step)))
