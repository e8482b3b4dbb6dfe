"""A small real Bolt app that uses every surface: command, form, buttons, Home, messages.

It stands for any app; the sandbox is tested with it so that the bot itself is not needed.
"""

from typing import Any
from wsgiref.types import WSGIApplication

from slack_bolt import Ack, App, BoltContext, Respond
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.blocks import button, field, modal, options, section, select

Json = dict[str, Any]


def served(app: App) -> WSGIApplication:
    return SlackRequestHandler(app)


def diary_app(sandbox: Sandbox, *, verify: bool = False) -> App:
    """Connected to the sandbox; what it was told is in `app.heard` (a list of events)."""
    app = App(
        token=sandbox.bot_token,
        client=WebClient(sandbox.bot_token, base_url=sandbox.base_url, retry_handlers=[]),
        signing_secret=sandbox.signing_secret,
        # the stock verifier compares with the machine's clock, the sandbox's stands still
        request_verification_enabled=verify,
        process_before_response=True,
        token_verification_enabled=False,
    )
    _listen(app)
    return app


def form() -> Json:
    return modal(
        "New page",
        field("Title"),
        select("Mood", "Good", "Bad", action_id="mood"),
        field("Notes", optional=True, multiline=True),
    )


def _listen(app: App) -> None:
    heard: list[Json] = []
    app.heard = heard  # type: ignore[attr-defined]

    @app.command("/diary")
    def command(ack: Ack, command: Json, client: WebClient) -> None:
        if command["text"] == "new":
            client.views_open(trigger_id=command["trigger_id"], view=form())
            ack()
        elif command["text"] == "ill":
            ack(text="x", blocks=[{"type": "nonsense"}])
        elif command["text"] == "fail":
            raise RuntimeError("the diary is shut")
        elif command["text"] == "buttons":
            ack()
            client.chat_postMessage(
                channel=command["user_id"],
                text="Choose",
                blocks=[
                    section("*Choose* for <@" + command["user_id"] + ">"),
                    {
                        "type": "actions",
                        "block_id": "choice",
                        "elements": [button("Keep"), button("Burn"), _overflow()],
                    },
                ],
            )
        else:
            ack(text=f"You wrote: {command['text']}")

    @app.view("new_page")
    def submitted(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        values = view["state"]["values"]
        title = values["title"]["title"]["value"]
        if title == "bad":
            ack(response_action="errors", errors={"title": "Choose another title"})
            return
        if title == "broken":
            ack(response_action="errors", errors={"no_such_block": "x"})
            return
        if title == "ill":
            ack(response_action="update", view=modal("x" * 25, field("Why")))
            return
        if title == "next":
            ack(response_action="update", view=modal("Second", field("Title"), field("Why")))
            return
        if title == "more":
            ack(response_action="push", view=modal("Second", field("Why"), callback_id="second"))
            return
        ack()
        mood = values["mood"]["mood"]["selected_option"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=f"Saved {title} ({mood})")

    @app.view("second")
    def second(ack: Ack) -> None:
        ack(response_action="clear")

    @app.view_closed("new_page")
    def closed(ack: Ack, body: Json) -> None:
        heard.append(body)
        ack()

    @app.action("keep")
    def keep(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Kept", replace_original=True)

    @app.action("burn")
    def burn(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Only you know it burnt")

    @app.action("more")
    def more(ack: Ack, action: Json, respond: Respond) -> None:
        ack()
        respond(text=f"You took {action['selected_option']['value']}", response_type="in_channel")

    @app.event("app_home_opened")
    def home(event: Json, client: WebClient) -> None:
        heard.append(event)
        blocks = [section(f"Welcome <@{event['user']}>"), _home_actions()]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("write")
    def write(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form())
        ack()

    @app.event("message")
    def message(event: Json, client: WebClient, context: BoltContext) -> None:
        heard.append(event)
        if event.get("subtype") is None:
            thread = event.get("thread_ts")
            client.chat_postMessage(
                channel=event["channel"], text=f"Noted: {event['text']}", thread_ts=thread
            )

    for name in (
        "app_mention", "member_joined_channel", "user_change", "team_join", "reaction_added",
        "app_uninstalled", "tokens_revoked",
    ):  # fmt: skip
        app.event(name)(lambda event: heard.append(event))


def _overflow() -> Json:
    return {"type": "overflow", "action_id": "more", "options": options("Copy", "Share")}


def _home_actions() -> Json:
    return {"type": "actions", "block_id": "home", "elements": [button("Write")]}
