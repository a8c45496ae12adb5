"""The circle on a real store: who stands where, moved by mouse and keyboard as in the list; nobody over another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from planner.plan.records import Ring, SupportContact
from planner.ui.a11y import spoken_name, tab_stops, walk
from planner.ui.kit.floats import Menu
from planner.ui.pages.circle import RINGS, Circle
from planner.ui.pages.circle_place import Asked, Placed, Sizes, angle_of, box_at, place, reach, width_of
from planner.ui.pages.circle_spot import PersonSpot
from planner.ui.theme import theme
from planner.words import use_language
from tests.gui.people_desk import Opened

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
People = Callable[..., Opened]

# ---------------------------------------------------------------- placing, as numbers

LABELS = ((58.0, 26.0), (74.0, 26.0), (76.0, 26.0))


def sizes_at(scale: float) -> Sizes:
    return Sizes(disc=44 * scale, line=24 * scale, gap=6 * scale, me=56 * scale, step=4 * scale)


def asked_for(rings: list[tuple[int, float]], seed: int, scale: float) -> list[Asked]:
    return [Asked(f"{seed}-{n}", ring, name * scale) for n, (ring, name) in enumerate(rings)]


def clashes(people: list[Asked], found: Placed, sizes: Sizes) -> list[str]:
    """Everything that is wrong with where these people stand."""
    wrong = []
    boxes = {a.id: box_at(*found.spots[a.id], width_of(a.name, sizes), sizes) for a in people if a.id in found.spots}
    for asked in people:
        if asked.id not in found.spots:
            continue
        near, far = reach(*found.spots[asked.id], width_of(asked.name, sizes), sizes)
        inner = found.radii[asked.ring - 1] if asked.ring else sizes.me / 2
        if near < inner or far > found.radii[asked.ring]:
            wrong.append(f"{asked.id} is not whole inside its band")
        wrong += [
            f"{asked.id} meets {other}"
            for other, box in boxes.items()
            if other > asked.id and box.meets(boxes[asked.id], 0)
        ]
    return wrong


def test_it_would_notice_somebody_over_another_and_on_an_edge() -> None:
    sizes = sizes_at(1)
    people = asked_for([(2, 40), (2, 40), (1, 40)], 0, 1)
    radii = (110.0, 200.0, 290.0)
    spots = {"0-0": (245.0, 0.0), "0-1": (245.0, 30.0), "0-2": (205.0, 0.0)}
    found = clashes(people, Placed(radii, spots), sizes)
    assert "0-0 meets 0-1" in found
    assert "0-2 is not whole inside its band" in found
    assert len(found) >= 3


PEOPLE = st.lists(st.tuples(st.integers(0, 2), st.floats(8, 96)), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(rings=PEOPLE, seed=st.integers(0, 10**6), scale=st.sampled_from([1.0, 2.0]), radius=st.integers(110, 330))
def test_nobody_stands_over_another_or_on_an_edge(
    rings: list[tuple[int, float]], seed: int, scale: float, radius: int
) -> None:
    sizes, people = sizes_at(scale), asked_for(rings, seed, scale)
    labels = [(wide * scale, high * scale) for wide, high in LABELS]
    found = place(people, radius * scale, min(330, radius + 40) * scale, sizes, labels)
    assert clashes(people, found, sizes) == []
    assert {*found.spots} | {*found.left_out} == {each.id for each in people}
    assert len(found.spots) + len(found.left_out) == len(people)
    assert 0 < found.radii[0] < found.radii[1] < found.radii[2] <= 330 * scale
    for (wide, high), ring in zip(labels, found.radii, strict=True):
        for asked in people:
            if asked.id in found.spots:
                box = box_at(*found.spots[asked.id], width_of(asked.name, sizes), sizes)
                over = box.left < wide / 2 and -wide / 2 < box.right and box.top < -ring + high / 2
                assert not (over and box.bottom > -ring - high / 2), "the word on a ring is covered"


@settings(max_examples=100, deadline=None)
@given(
    rings=st.lists(st.tuples(st.integers(0, 2), st.floats(8, 70)), min_size=1, max_size=9),
    seed=st.integers(0, 10**6),
    scale=st.sampled_from([1.0, 2.0]),
)
def test_up_to_nine_of_common_names_all_find_room(rings: list[tuple[int, float]], seed: int, scale: float) -> None:
    sizes = sizes_at(scale)
    found = place(
        asked_for(rings, seed, scale), 266 * scale, 298 * scale, sizes, [(w * scale, h * scale) for w, h in LABELS]
    )
    assert found.left_out == ()


@pytest.mark.parametrize("ring", [0, 1, 2])
def test_a_dozen_on_one_ring_all_find_room(ring: int) -> None:
    people = asked_for([(ring, 20.0 + 4 * n) for n in range(12)], 7, 1)
    found = place(people, 266, 298, sizes_at(1), LABELS)
    assert found.left_out == ()
    assert clashes(people, found, sizes_at(1)) == []


def test_the_direction_is_the_persons_own() -> None:
    """Whoever comes or goes, somebody with room around stays where they stood; so do they when moved."""
    sizes = sizes_at(1)
    alone = place([Asked("x", 2, 40)], 280, 300, sizes, LABELS).spots["x"]
    far = next(n for n in range(100) if abs(angle_of(f"p{n}") - angle_of("x")) % 6.28 > 1.5)
    together = place([Asked(f"p{far}", 2, 60), Asked("x", 2, 40)], 280, 300, sizes, LABELS).spots["x"]
    assert together == alone
    nearer = place([Asked("x", 1, 40)], 280, 300, sizes, LABELS).spots["x"]
    turn = QPointF(*alone).toPoint(), QPointF(*nearer).toPoint()
    assert abs(turn[0].x() * turn[1].y() - turn[0].y() * turn[1].x()) < 0.3 * 280 * 200


# ---------------------------------------------------------------- on the page


def circle(opened: Opened) -> Circle:
    opened.page.show_view("circle")
    QApplication.processEvents()
    return opened.page.side.circle


def spot(opened: Opened, name: str) -> PersonSpot:
    return opened.page.side.circle.spots[opened.contact(name).id]


def key(pressed: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, pressed, modifier)
    QApplication.processEvents()


def stands_in(view: Circle, there: PersonSpot) -> Ring:
    """The ring on which the disc of somebody is seen."""
    found = view.ring_at(QPointF(there.geometry().center()))
    assert found is not None
    return found


def drag(view: Circle, there: PersonSpot, to: QPoint, *, drop: bool = True) -> None:
    """Pull somebody to a place of the circle."""
    grip = QPoint(there.width() // 2, 20)
    QTest.mousePress(there, LEFT, pos=grip)
    for part in range(1, 6):
        here = there.mapToParent(grip)
        QTest.mouseMove(there, grip + (to - here) * part / 5)
        _move(there, grip + (to - here) * part / 5)
    if drop:
        QTest.mouseRelease(there, LEFT, pos=there.mapFromParent(to))
        QApplication.processEvents()


def _move(widget: QWidget, spot: QPoint) -> None:
    """A move with the button held, which QTest does not send."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    place = QPointF(spot)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        widget.mapToGlobal(place),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def held(view: Circle) -> bool:
    return view.is_dragging


def place_on(view: Circle, ring: Ring) -> QPoint:
    """A place on a ring, straight below the middle."""
    inner = view.placed.radii[RINGS.index(ring) - 1] if ring is not Ring.CLOSE else 30
    away = (inner + view.placed.radii[RINGS.index(ring)]) / 2
    return (view.middle + QPointF(0, away)).toPoint()


def test_everybody_stands_on_their_ring_and_nobody_to_be_careful_with(people: People) -> None:
    opened = people()
    view = circle(opened)
    assert opened.session.setting("people_view") == "circle"
    contacts = opened.session.contacts(opened.person)
    assert "Rey" in [each.name for each in contacts]
    shown = {each.text() for each in view.spots.values() if each.isVisible()}
    assert shown == {each.name for each in contacts if each.name != "Rey"}
    for each in contacts:
        if each.name != "Rey":
            assert stands_in(view, view.spots[each.id]) is each.ring
    assert spoken_name(spot(opened, "Maya")) == "Maya. Close. A friend"
    assert not opened.page.list.isVisible()
    gone = opened.page.open_id
    assert gone in view.spots
    opened.page.move_over()
    assert gone not in view.spots


def test_a_press_opens_the_card(people: People) -> None:
    opened = people()
    view = circle(opened)
    QTest.mouseClick(spot(opened, "Ruth"), LEFT)
    assert opened.page.open_id == opened.contact("Ruth").id
    assert view.chosen == opened.contact("Ruth").id
    assert "Listens, every other week. Around me." in opened.seen()


@pytest.mark.parametrize("ring", list(Ring))
def test_a_drag_moves_to_the_ring_it_ends_on(people: People, ring: Ring) -> None:
    opened = people()
    view = circle(opened)
    name = "Ruth" if ring is not Ring.AROUND else "Maya"
    before = opened.contact(name).ring
    drag(view, spot(opened, name), place_on(view, ring), drop=False)
    assert view.target is ring
    QTest.mouseRelease(spot(opened, name), LEFT, pos=QPoint(20, 20))
    QApplication.processEvents()
    assert opened.contact(name).ring is ring
    assert stands_in(view, spot(opened, name)) is ring
    assert opened.session.undo_words() == "Move somebody"
    assert opened.session.undo()
    assert opened.contact(name).ring is before
    assert stands_in(view, spot(opened, name)) is before
    assert opened.page.open_id != opened.contact("Ruth").id, "a drag opens no card"


def test_a_drag_is_taken_back_by_esc_and_outside_the_circle(people: People) -> None:
    opened = people()
    view = circle(opened)
    ruth = spot(opened, "Ruth")
    home = ruth.pos()
    drag(view, ruth, place_on(view, Ring.CLOSE), drop=False)
    assert held(view)
    assert ruth.pos() != home
    key(Key.Key_Escape)
    assert not held(view)
    assert ruth.pos() == home
    QTest.mouseRelease(ruth, LEFT, pos=QPoint(20, 20))
    drag(view, ruth, QPoint(2, 2))
    assert ruth.pos() == home
    assert opened.contact("Ruth").ring is Ring.AROUND
    assert opened.session.undo_words() is None
    drag(view, ruth, place_on(view, Ring.AROUND))
    assert ruth.pos() == home
    assert opened.session.undo_words() is None


def test_keys_bring_closer_and_further_and_the_keyboard_stays(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("planner.ui.pages.people.announce", lambda _widget, words: said.append(words))
    opened = people()
    view = circle(opened)
    ruth = spot(opened, "Ruth")
    ruth.setFocus()
    for pressed, modifier, ring in (
        (Key.Key_Up, ALT, Ring.CLOSE),
        (Key.Key_Down, ALT, Ring.AROUND),
        (Key.Key_Minus, Qt.KeyboardModifier.NoModifier, Ring.FURTHER),
        (Key.Key_Plus, Qt.KeyboardModifier.NoModifier, Ring.AROUND),
    ):
        key(pressed, modifier)
        assert opened.contact("Ruth").ring is ring
        assert stands_in(view, ruth) is ring
        assert QApplication.focusWidget() is ruth, QApplication.focusWidget()
    assert said == []
    assert spoken_name(ruth).startswith("Ruth. Around")
    assert opened.notebook.toast._words.text() == "Ruth is around now."
    key(Key.Key_Up, ALT)
    key(Key.Key_Up, ALT)
    assert said == ["Ruth is as close as can be."]


def test_arrows_go_round_and_tab_comes_once(people: People) -> None:
    opened = people()
    view = circle(opened)
    order = view.order()
    assert [each.ring for each in order] == sorted((each.ring for each in order), key=RINGS.index)
    order[0].setFocus()
    for there in [*order[1:], order[0]]:
        key(Key.Key_Right)
        assert QApplication.focusWidget() is there
    key(Key.Key_Left)
    assert QApplication.focusWidget() is order[-1]
    key(Key.Key_Home)
    assert QApplication.focusWidget() is order[0]
    stops = [each for each in order if each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1
    reached = tab_stops(view.window())
    assert reached.index(opened.page.side.add_button) == reached.index(stops[0]) + 1, "in the order of the page"
    key(Key.Key_Return)
    assert opened.page.open_id == order[0].person


def test_a_menu_moves_too(people: People) -> None:
    opened = people()
    circle(opened)
    QTest.mouseClick(spot(opened, "Maya"), LEFT)
    opened.page.card.head.mover.click()
    menu = next(each for each in opened.notebook.window().findChildren(Menu) if each.isVisible())
    assert [row.text() for row in menu._rows] == ["Further"]
    menu._rows[0].click()
    QApplication.processEvents()
    assert opened.contact("Maya").ring is Ring.AROUND
    view = opened.page.side.circle
    view.menu_asked.emit(opened.contact("Maya").id)
    menu = next(each for each in opened.notebook.window().findChildren(Menu) if each.isVisible())
    assert [row.text() for row in menu._rows] == ["Open the card", "Closer", "Further"]
    assert walk(opened.notebook.window()) == []


def test_with_more_than_a_dozen_the_closest_stand_there_and_the_list_is_named(people: People) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        for number in range(15):
            edit.add(SupportContact(name=f"P{number}", ring=Ring.CLOSE if number > 12 else Ring.FURTHER))
    view = circle(opened)
    shown = {each.text() for each in view.spots.values() if each.isVisible()}
    assert len(shown) + view.left_over == 15
    assert len(shown) <= 12
    assert {"P13", "P14"} <= shown
    assert f"The circle is full. {view.left_over} more people are in the list" in opened.page.side.beyond.text()
    opened.page.show_view("list")
    assert opened.page.side.beyond.text() == ""
    assert len([line for line in opened.lines() if line.startswith("P")]) == 15


def test_where_nobody_has_room_the_list_is_named(people: People) -> None:
    opened = people("me", width=560, scale=2.0)
    view = circle(opened)
    assert view.placed.spots == {}
    assert opened.page.side.beyond.text() == "There is not enough room for the circle here. The list has everybody."
    assert walk(opened.notebook.window()) == []
    assert opened.page.first_focus() is opened.page.side.add_button


@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (700, 1.0), (1366, 2.0), (1000, 2.0)])
def test_it_fits_and_is_reached_in_every_size(people: People, width: int, scale: float) -> None:
    opened = people("me", width=width, scale=scale)
    view = circle(opened)
    assert walk(opened.notebook.window()) == []
    shown = [each for each in view.spots.values() if each.isVisibleTo(view)]
    assert len(shown) + view.left_over == 10
    assert len(shown) == 10 or width < 1366
    assert len(shown) >= 6
    for at, one in enumerate(shown):
        assert view.rect().contains(one.geometry())
        assert not any(one.geometry().intersects(other.geometry()) for other in shown[at + 1 :])
    if width == 700:
        QTest.mouseClick(shown[0], LEFT)
        assert opened.page.back_button.isVisible()
        opened.page.show_list()
        assert view.isVisible()


def test_mirrored_it_is_the_other_way_round(people: People) -> None:
    opened = people()
    view = circle(opened)
    maya = spot(opened, "Maya")
    away = maya.geometry().center().x() - view.middle.x()
    theme.apply(language="ar")
    QApplication.processEvents()
    assert abs(maya.geometry().center().x() - view.middle.x() + away) < 40


def test_in_spanish(people: People) -> None:
    use_language("es")
    try:
        opened = people("me", language="es")
        view = circle(opened)
        assert spoken_name(spot(opened, "Maya")) == "Maya. Cerca. Una amiga"
        spot(opened, "Maya").setFocus()
        key(Key.Key_Down, ALT)
        assert opened.notebook.toast._words.text() == "Maya ahora está alrededor."
        assert view.isVisible()
    finally:
        use_language("en")


# ---------------------------------------------------------------- the list, its equal


def test_the_list_has_the_same_three_groups_also_empty_ones(people: People) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(SupportContact(name="Maya"))
    assert opened.lines() == ["Close: nobody yet", "Around", "Maya", "Further: nobody yet"]


def test_in_the_list_keys_move_between_the_groups(people: People) -> None:
    opened = people()
    view = opened.page.list
    view.setFocus()
    view._set_current(opened.lines().index("Ruth"))
    key(Key.Key_Up, ALT)
    assert opened.contact("Ruth").ring is Ring.CLOSE
    assert view.current_id() == opened.contact("Ruth").id
    key(Key.Key_Minus)
    key(Key.Key_Down, ALT)
    assert opened.contact("Ruth").ring is Ring.FURTHER
    assert opened.session.undo_words() == "Move somebody"
    view._set_current(opened.lines().index("Nico"))
    key(Key.Key_Up, ALT)
    assert opened.session.undo_words() == "Move somebody"
    assert opened.dependent("Nico").name


def test_in_the_list_a_drag_puts_somebody_on_a_group(people: People) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(SupportContact(name="Maya"))
        edit.add(SupportContact(name="Ruth"))
    view = opened.page.list
    QApplication.processEvents()

    def centre(line: str) -> QPoint:
        return view.visualRect(view._model.index(opened.lines().index(line))).center()

    for target, ring in (
        ("Close: nobody yet", Ring.CLOSE),
        ("Further: nobody yet", Ring.FURTHER),
        ("Ruth", Ring.AROUND),
    ):
        QTest.mousePress(view.viewport(), LEFT, pos=centre("Maya"))
        _move(view.viewport(), centre(target) + QPoint(0, 2))
        assert view.target is ring
        QTest.mouseRelease(view.viewport(), LEFT, pos=centre(target))
        QApplication.processEvents()
        assert opened.contact("Maya").ring is ring
    assert opened.page.mode == "read"
    QTest.mousePress(view.viewport(), LEFT, pos=centre("Maya"))
    _move(view.viewport(), centre("Close: nobody yet"))
    view.setFocus()
    key(Key.Key_Escape)
    assert view.target is None
    QTest.mouseRelease(view.viewport(), LEFT, pos=centre("Close: nobody yet"))
    assert opened.contact("Maya").ring is Ring.AROUND


def test_those_to_be_careful_with_stand_in_a_list_alone(people: People) -> None:
    opened = people()
    view = circle(opened)
    assert opened.page.head_extras() == [opened.page.view]
    opened.page.show_careful(True)
    assert not view.isVisible()
    assert opened.page.list.isVisible()
    assert opened.lines() == ["Rey"]
    assert opened.page.head_extras() == []
    assert not opened.page.card.head.mover.isVisible()
    opened.page.show_careful(False)
    assert view.isVisible()
