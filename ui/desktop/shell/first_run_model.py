"""The first run without a widget: what is asked, what is wrong with an answer, and the home that is made."""

import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ui.desktop.parts import CameraChoice, FirstRunParts, FirstRunRequest, FirstRunResult, PostChoice
from ui.desktop.workers.runner import Runner


class Trouble(StrEnum):
    """What an answer lacks. The view chooses the words."""

    POST_MISSING = "post_missing"
    LANE_MISSING = "lane_missing"
    KIND_MISSING = "kind_missing"
    NAME_MISSING = "name_missing"
    PASSWORD_SHORT = "password_short"  # noqa: S105 - the name of a trouble, not a password
    PASSWORDS_DIFFER = "passwords_differ"


SHORTEST_PASSWORD, SHORTEST_IN_TRAINING = 10, 6  # those of the key slots (bmis/store/keys.py); a test compares them


@dataclass(frozen=True, slots=True)
class Answers:
    """What has been typed. ``training`` None: not chosen, for neither is a default."""

    language: str = "pt"
    post_code: str = ""
    lane: str = "1"
    training: bool | None = None
    administrator: str = ""
    password: str = field(default="", repr=False)
    repeated: str = field(default="", repr=False)
    camera: str = ""


def folded(text: str) -> str:
    """Return text without accents and case."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


class FirstRunModel(QObject):
    """Signals: ``posts_found`` a tuple of PostChoice, ``cameras_found`` a tuple of CameraChoice, ``created`` a
    FirstRunResult, ``noticed`` an error, ``busy`` a bool."""

    posts_found = Signal(object)
    cameras_found = Signal(object)
    created = Signal(object)
    noticed = Signal(object)
    busy = Signal(bool)

    def __init__(self, parts: FirstRunParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._runner = parts, runner
        self.answers = Answers()
        self.posts: tuple[PostChoice, ...] = ()

    def load(self) -> None:
        """Ask for the posts and the cameras."""
        self._runner.run(self._parts.posts, self._on_posts, self.noticed.emit)
        self.look_for_cameras()

    def look_for_cameras(self) -> None:
        """Ask for the cameras again (one was plugged in)."""
        self._runner.run(self._parts.cameras, self._on_cameras, self.noticed.emit)

    def answer(self, **changed: object) -> None:
        """Take answers by their names."""
        self.answers = replace(self.answers, **changed)  # type: ignore[arg-type]  # the view gives each field its type

    def matching_posts(self, query: str) -> tuple[PostChoice, ...]:
        """Return the posts that hold every word of the query in name, province or code, accents aside."""
        words = folded(query).split()
        return tuple(
            post
            for post in self.posts
            if all(word in folded(f"{post.name} {post.province} {post.code}") for word in words)
        )

    def post(self) -> PostChoice | None:
        """Return the post chosen."""
        return next((post for post in self.posts if post.code == self.answers.post_code), None)

    def troubles(self, page: str) -> tuple[Trouble, ...]:
        """Return what is still wrong on a page: look, post, kind, administrator, devices."""
        said = self.answers
        found: list[Trouble] = []
        if page == "post":
            if self.post() is None:
                found.append(Trouble.POST_MISSING)
            if not said.lane.strip():
                found.append(Trouble.LANE_MISSING)
        elif page == "kind" and said.training is None:
            found.append(Trouble.KIND_MISSING)
        elif page == "administrator" and not said.training:
            if not said.administrator.strip():
                found.append(Trouble.NAME_MISSING)
            if len(said.password) < self.shortest_password:
                found.append(Trouble.PASSWORD_SHORT)
            elif said.password != said.repeated:
                found.append(Trouble.PASSWORDS_DIFFER)
        return tuple(found)

    @property
    def shortest_password(self) -> int:
        """How many characters the password needs."""
        return SHORTEST_IN_TRAINING if self.answers.training else SHORTEST_PASSWORD

    def create(self) -> None:
        """Make the home; nothing is made while a page has a trouble."""
        if any(self.troubles(page) for page in ("post", "kind", "administrator")):
            return
        said = self.answers
        request = FirstRunRequest(
            language=said.language,
            post_code=said.post_code,
            lane=said.lane.strip(),
            training=bool(said.training),
            administrator="" if said.training else said.administrator.strip().lower(),
            password="" if said.training else said.password,
            camera=said.camera,
        )
        self.busy.emit(True)
        self._runner.run(lambda: self._parts.create(request), self._on_created, self._on_failed)

    def _on_posts(self, posts: tuple[PostChoice, ...]) -> None:
        self.posts = posts
        self.posts_found.emit(posts)

    def _on_cameras(self, cameras: tuple[CameraChoice, ...]) -> None:
        self.cameras_found.emit(cameras)

    def _on_created(self, result: FirstRunResult) -> None:
        self.answer(password="", repeated="")
        self.busy.emit(False)
        self.created.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self.busy.emit(False)
        self.noticed.emit(error)
