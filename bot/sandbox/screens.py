"""Opening, pushing, updating and closing the views on a person's screen.

Used by the views.* methods, by answers to a submission, and by people who close a modal.
"""

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.posting import Origin, Posting
from bot.sandbox.state.inputs import carried_over, initial_state, with_ids
from bot.sandbox.state.views import STACK_LIMIT, View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import World

Json = dict[str, Any]


class Screens:
    """Changes screens. Views have been checked before; the caller holds the world's lock."""

    def __init__(self, world: World, posting: Posting) -> None:
        self._world = world
        self._posting = posting

    def open(self, workspace: Workspace, user: str, source: Json, origin: Origin) -> View:
        """Start a new stack; what was open before is gone."""
        view = self._made(source, None)
        workspace.screen(user).modals = [view]
        self._posting.showed_view(workspace, user, view, origin)
        return view

    def push(self, workspace: Workspace, user: str, source: Json, origin: Origin) -> View:
        """Put a view on top; at most three fit. Raises `SlackError`."""
        screen = workspace.screen(user)
        if screen.top is None:
            raise SlackError("not_found")
        if len(screen.modals) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        view = self._made(source, screen.top)
        screen.modals.append(view)
        self._posting.showed_view(workspace, user, view, origin)
        return view

    def update(
        self, workspace: Workspace, user: str, view: View, source: Json, origin: Origin
    ) -> View:
        """Replace a view's content; input under unchanged ids stays."""
        view.source = self._with_ids(source)
        view.state = carried_over(view.state, view.blocks)
        view.hash = self._hash()
        view.errors = {}
        self._posting.showed_view(workspace, user, view, origin)
        return view

    def publish(self, workspace: Workspace, user: str, source: Json, origin: Origin) -> View:
        """Show a Home view. Its id stays the same over all versions."""
        screen = workspace.screen(user)
        if screen.home is None:
            screen.home = self._made(source, None)
            self._posting.showed_view(workspace, user, screen.home, origin)
            return screen.home
        return self.update(workspace, user, screen.home, source, origin)

    def _made(self, source: Json, below: View | None) -> View:
        view_id = self._world.serial("V")
        root = below.root_id if below else view_id
        checked = self._with_ids(source)
        state = initial_state(checked["blocks"])
        previous = below.id if below else None
        return View(view_id, source["type"], checked, self._hash(), root, previous, state)

    def _with_ids(self, source: Json) -> Json:
        return {**source, "blocks": with_ids(source["blocks"], self._world.minted_ids())}

    def _hash(self) -> str:
        return f"{int(self._world.now().timestamp())}.{self._world.serial()}"
