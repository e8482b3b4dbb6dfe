"""Names of actions, forms and inputs, shared by the views that show and the handlers that listen.

`action_id`s and `callback_id`s are `feature.what`; block ids of inputs are short words.
"""

ARRIVED = "delivery.arrived"
ASK_LEADS = "leads.ask"
END_MATCH = "match.end"
GOAL_ADD = "goal.add"
GOAL_DELETE = "goal.delete"
GOAL_DONE = "goal.done"
GOAL_EDIT = "goal.edit"
GOAL_PAGE = "goal.page"
GOAL_REOPEN = "goal.reopen"
GOAL_SAVE = "goal.save"  # the form
HELP = "help.ask"  # value: a match's id, or nothing
HELP_NOT_NEEDED = "help.take_back"
HELP_TELL_LEAD = "help.tell_lead"
LANGUAGE = "language.choose"
LEAVE_PROGRAM = "program.leave"
PAIR_PICK = "pair.pick"
PAIR_PROPOSE = "pair.propose"
PAIR_SWAP = "pair.swap"
POST_AGAIN = "delivery.post_again"
PROPOSAL_NO = "proposal.no"
PROPOSAL_YES = "proposal.yes"
REFLECTION_ANSWER = "reflection.answer"  # value: a prompt; opens the form
REFLECTION_DELETE = "reflection.delete"
REFLECTION_DISCARD = "reflection.discard"  # what was typed is no answer
REFLECTION_EDIT = "reflection.edit"
REFLECTION_KEEP = "reflection.keep"  # what was typed is an answer
REFLECTION_LATER = "reflection.later"
REFLECTION_PAGE = "reflection.page"
REFLECTION_RHYTHM = "reflection.rhythm"
REFLECTION_SAVE = "reflection.save"  # the form
REFLECTION_SHARE = "reflection.share"
REFLECTION_SHARED_PAGE = "reflection.shared_page"
REFLECTION_SKIP = "reflection.skip"
REFLECTION_WITHDRAW = "reflection.withdraw"
REFLECTION_WRITE = "reflection.write"
RHYTHM = "match.rhythm"
RHYTHM_SAVE = "match.rhythm_save"
UNDO_STOP = "stop.undo"

JOIN_AS_MENTOR, JOIN_AS_MENTEE = "join.mentor", "join.mentee"
JOIN_PREVIEW = "join.preview"
JOIN_CHOICE, JOIN_FORM = "join.choice", "join.form"
AGAIN = "again."  # block id of a language switch: what is drawn again in the language chosen
PROGRAM_NEW, PROGRAM_CREATE = "program.new", "program.create"
PROGRAM_OPEN = "program.open"
PROGRAM_MEMBERS = "program.members"
PROGRAM_SETTINGS, PROGRAM_CHANGE = "program.settings", "program.change"
PROGRAM_HOLD, PROGRAM_RESUME, PROGRAM_CLOSE = "program.hold", "program.resume", "program.close"
ANNOUNCE, ANNOUNCE_POST = "announcement.preview", "announcement.post"
LEADS, LEADS_ADD, LEADS_REMOVE = "leads.show", "leads.add", "leads.remove"
LEADS_GRANT, LEADS_DISMISS = "leads.grant", "leads.dismiss"

# Sessions. Values: a match for the first two, a session for the others, with its version where
# the press answers something.
SESSION_PAIR = "session.pair"
SESSION_PROPOSE = "session.propose"
SESSION_ACCEPT = "session.accept"
SESSION_MOVE = "session.move"
SESSION_DROP = "session.drop"
SESSION_AGENDA = "session.agenda"
SESSION_CANCEL = "session.cancel"
SESSION_MET = "session.met"
SESSION_NOT_MET = "session.not_met"
SESSION_LATER = "session.later"
SESSION_TOMORROW = "session.tomorrow"
SESSION_NEXT_WEEK = "session.next_week"
SESSION_TIME_FORM = "session.time_form"
SESSION_AGENDA_FORM = "session.agenda_form"
SESSION_CANCEL_FORM = "session.cancel_form"


def prompt_part(prompt_id: str) -> str:
    """The part of a message (see `blocks.part`) that belongs to one prompt."""
    return f"prompt.{prompt_id}"


def word_action(word: str) -> str:
    """The button that does what the command's `word` does."""
    return f"word.{word}"
