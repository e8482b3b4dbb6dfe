"""One's own goals, in a modal: they leave no message in Slack."""

import json

from bot.domain.goals import GoalChanged, GoalList, GoalShown, TooManyGoals
from bot.domain.limits import GOAL
from bot.domain.message import Block, View
from bot.i18n import Markup, Reader
from bot.views import blocks, ids
from bot.views.refusals import Said, says


def listed(t: Reader, shown: GoalList, *, event: GoalChanged | None = None) -> View:
    parts: list[Block] = [blocks.section(_changed(t, event))] if event else []
    parts.append(blocks.context(t("Only you see this list. Up to three goals can be open.")))
    parts.append(blocks.actions(_add_button(t)))
    if not shown.goals:
        parts.append(blocks.section(t("No goals yet. One sentence is enough to begin with.")))
    for goal in shown.goals:
        parts += _goal(t, goal)
    parts += _paging(t, shown)
    return blocks.modal(t.plain("Goals"), parts, close=t.plain("Close"))


def form(t: Reader, goal: GoalShown | None = None) -> View:
    """For a new goal, or to change one."""
    inputs = (
        blocks.text_input(
            "what",
            t.plain("What do you want to reach?"),
            initial=goal.what if goal else "",
            multiline=True,
            limit=GOAL,
            hint=t.plain("Up to {limit} characters.", limit=GOAL),
        ),
        blocks.date_input(
            "by_when",
            t.plain("By when?"),
            initial=goal.by_when if goal else None,
            optional=True,
        ),
    )
    return blocks.modal(
        t.plain("Goal"),
        inputs,
        callback_id=ids.GOAL_SAVE,
        submit=t.plain("Save"),
        close=t.plain("Cancel"),
        meta=json.dumps({"goal": goal.goal_id} if goal else {}),
    )


def _goal(t: Reader, goal: GoalShown) -> list[Block]:
    if goal.done_on:
        fact = t("done on {day}", day=t.date(goal.done_on))
        first = blocks.button(t.plain("Open it again"), ids.GOAL_REOPEN, goal.goal_id)
    else:
        by_when = t.weekday_date(goal.by_when) if goal.by_when else ""
        fact = t("open, by {day}", day=by_when) if by_when else t("open")
        first = blocks.button(t.plain("Done"), ids.GOAL_DONE, goal.goal_id, style="primary")
    change = blocks.button(t.plain("Change"), ids.GOAL_EDIT, goal.goal_id)
    return [
        blocks.quote(goal.what),
        blocks.context(fact),
        blocks.actions(first, change, _delete_button(t, goal.goal_id)),
    ]


def _add_button(t: Reader) -> blocks.Element:
    return blocks.button(t.plain("Add a goal"), ids.GOAL_ADD)


def _delete_button(t: Reader, goal_id: str) -> blocks.Element:
    sure = blocks.confirm(
        t.plain("Delete this goal?"),
        t.plain("It's gone for good. A goal that's done can also stay in the list."),
        t.plain("Delete"),
        t.plain("Keep it"),
    )
    return blocks.button(t.plain("Delete"), ids.GOAL_DELETE, goal_id, style="danger", confirm=sure)


def _paging(t: Reader, shown: GoalList) -> list[Block]:
    buttons = []
    if shown.page:
        back = str(shown.page - 1)
        buttons.append(blocks.button(t.plain("Newer"), f"{ids.GOAL_PAGE}#newer", back))
    if shown.has_more:
        on = str(shown.page + 1)
        buttons.append(blocks.button(t.plain("Older"), f"{ids.GOAL_PAGE}#older", on))
    return [blocks.actions(*buttons)] if buttons else []


def _changed(t: Reader, event: GoalChanged) -> Markup:
    match event.change:
        case "done":
            return t("Marked as done. It stays in the list below the open ones.")
        case "reopened":
            return t("Open again.")
        case "deleted":
            return t("Deleted.")
        case _:
            return t("Saved.")


@says(TooManyGoals)
def _too_many(t: Reader, refusal: TooManyGoals) -> Said:
    text = t(
        "{limit} goals are open, and that's as many as fit. Mark one as done or delete one first.",
        limit=refusal.limit,
    )
    return text, (blocks.button(t.plain("My goals"), ids.word_action("goals")),)
