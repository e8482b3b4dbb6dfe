"""Names of actions, forms and inputs, shared by the views that show and the handlers that listen.

`action_id`s and `callback_id`s are `feature.what`; block ids of inputs are short words.
"""

ARRIVED = "delivery.arrived"
ASK_LEADS = "leads.ask"
LANGUAGE = "language.choose"
POST_AGAIN = "delivery.post_again"
SESSION_CANCEL = "session.cancel"
SESSION_MOVE = "session.move"


def word_action(word: str) -> str:
    """The button that does what the command's `word` does."""
    return f"word.{word}"
