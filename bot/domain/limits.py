"""How long what people type may be. Ours, not Slack's: kept well below Slack's own limits so that
a text still fits when it is quoted in a message."""

NAME = 80  # a programme's name
PURPOSE = 600
SHORT_TEXT = 300  # topics, why, place
LONG_TEXT = 2_900  # a reflection or an agenda; a Slack section holds 3,000
GOAL = 300
