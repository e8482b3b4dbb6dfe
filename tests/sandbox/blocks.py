"""Short ways to write Slack's blocks in tests. Ids are the labels, lower-cased."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, accessory: Json | None = None) -> Json:
    found: Json = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return found | ({"accessory": accessory} if accessory else {})


def button(label: str, **more: Any) -> Json:
    ident = label.lower()
    return {"type": "button", "text": plain(label), "action_id": ident, "value": ident} | more


def options(*labels: str) -> list[Json]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(label: str, *, optional: bool = False, **element: Any) -> Json:
    """An input block with a text field."""
    ident = label.lower()
    inner = {"type": "plain_text_input", "action_id": ident, **element}
    return wrapped(label, inner, optional=optional)


def select(label: str, *labels: str, action_id: str, **element: Any) -> Json:
    """An input block with a static select."""
    inner = {"type": "static_select", "action_id": action_id, "options": options(*labels)}
    return wrapped(label, inner | element)


def wrapped(label: str, element: Json, *, optional: bool = False) -> Json:
    ident = label.lower().replace(" ", "_")
    found = {"type": "input", "block_id": ident, "label": plain(label), "element": element}
    return found | ({"optional": True} if optional else {})


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    view: Json = {"type": "modal", "title": plain(title), "callback_id": title.lower()}
    view |= {"blocks": list(blocks), "submit": plain("Save"), "close": plain("Cancel")}
    view["callback_id"] = title.lower().replace(" ", "_")
    return view | more
