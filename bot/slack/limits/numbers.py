"""Slack's numbers, each with the page it comes from. They are Slack's to change: only here.

Pages are under docs.slack.dev. Lengths are in characters, times in seconds unless the name says
otherwise. No rule is applied here; the rules are in the modules beside this one.
"""

import re
from typing import Final

# --- messages: reference/block-kit/blocks, reference/methods/chat.postmessage, .../chat.update
MESSAGE_BLOCKS: Final = 50
MESSAGE_TEXT: Final = 4_000  # a longer text posts but can't be updated (msg_too_long)
MESSAGE_TEXT_CUT: Final = 40_000  # beyond it chat.postMessage cuts the text off
MARKDOWN: Final = 12_000  # all markdown blocks of one message together

# --- views: surfaces/modals, reference/views/modal-views, .../home-tab-views, methods/views.open
VIEW_BLOCKS: Final = 100
VIEW_TITLE: Final = 24
VIEW_BUTTON: Final = 24  # submit and close
PRIVATE_METADATA: Final = 3_000
CALLBACK_ID: Final = 255
EXTERNAL_ID: Final = 255
VIEW_BYTES: Final = 250_000  # view_too_large
MODAL_STACK: Final = 3

# --- blocks: reference/block-kit/blocks/<name>-block
BLOCK_ID: Final = 255
SECTION_TEXT: Final = 3_000
SECTION_FIELDS: Final = 10
SECTION_FIELD: Final = 2_000
HEADER_TEXT: Final = 150
CONTEXT_ELEMENTS: Final = 10
ACTIONS_ELEMENTS: Final = 25
INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000
IMAGE_TITLE: Final = 2_000
IMAGE_ALT: Final = 2_000

# --- elements: reference/block-kit/block-elements/<name>-element
ACTION_ID: Final = 255
PLACEHOLDER: Final = 150
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
ACCESSIBILITY_LABEL: Final = 75
URL: Final = 3_000
SELECT_OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
CHECKBOXES: Final = 10
RADIO_BUTTONS: Final = 10
OVERFLOW_OPTIONS: Final = 5
INPUT_LENGTH: Final = 3_000  # the most a plain_text_input may ask for
INPUT_FILES: Final = 10

# --- composition objects: reference/block-kit/composition-objects/<name>-object
TEXT_OBJECT: Final = 3_000
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
OPTION_DESCRIPTION: Final = 75
OPTION_GROUP_LABEL: Final = 75
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

# --- message metadata: messaging/message-metadata (no dots: the whole metadata would be ignored)
METADATA_EVENT_TYPE: Final = re.compile(r"[A-Za-z0-9_-]{1,255}")

# --- interactivity/handling-user-interaction
ACK_SECONDS: Final = 3
TRIGGER_SECONDS: Final = 3  # and a trigger opens one view
RESPONSE_URL_USES: Final = 5
RESPONSE_URL_SECONDS: Final = 30 * 60

# --- apis/events-api
EVENT_RETRY_AFTER: Final = (0, 60, 300)  # at once, a minute later, five minutes later
EVENTS_PER_HOUR: Final = 30_000
SOCKET_CONNECTIONS: Final = 10  # apis/events-api/using-socket-mode

# --- reference/methods/conversations.open
OPEN_USERS: Final = 8

# --- apis/web-api/rate-limits: calls a minute for one method in one workspace
POST_INTERVAL_SECONDS: Final = 1  # chat.postMessage, per channel; short bursts pass
CALLS_PER_MINUTE: Final = {
    "users.info": 100,
    "conversations.members": 100,
    "chat.postEphemeral": 100,
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
    "views.publish": 100,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
    "chat.update": 50,
    "chat.delete": 50,
    "conversations.open": 50,
    "conversations.info": 50,
    "conversations.history": 50,  # an internal app; one sold outside the Marketplace gets 1
    "conversations.replies": 50,
    "users.lookupByEmail": 50,
    "users.list": 20,
    "conversations.list": 20,
    "apps.connections.open": 1,
}

# --- reference/app-manifest
APP_NAME: Final = 35
APP_DESCRIPTION: Final = 140
BOT_DISPLAY_NAME: Final = 80
COMMAND_NAME: Final = 32
COMMAND_DESCRIPTION: Final = 2_000
COMMAND_USAGE_HINT: Final = 1_000
SLASH_COMMANDS: Final = 50
BOT_EVENTS: Final = 100
