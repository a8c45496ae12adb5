"""The five made-up people with whom a made-up worker works, on one given day."""

from __future__ import annotations

from datetime import date

from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, Goal, GoalTime, Helper, Record, Step, SupportContact
from planner.sample.ana import sample_plan
from planner.sample.made_up import ZONE, MadeUpNote, MadeUpPerson, Say, goal_with, in_order, on


def sample_people(language: str, today: date, zone: str = ZONE) -> list[MadeUpPerson]:
    """Ana, Dede, Heron (a code without a name), Lin and Tam, who is under 18."""
    say = Say(language)
    return [
        _ana(say, language, today, zone),
        _dede(say, today, zone),
        _heron(say),
        _lin(say, today, zone),
        _tam(say, today, zone),
    ]


def _ana(say: Say, language: str, today: date, zone: str) -> MadeUpPerson:
    along = Appointment(
        title=say("Legal aid, go along", "Ayuda legal, ir con ella"),
        domain=LifeDomain.PAPERS,
        starts=on(today, 0, "09:30"),
        zone=zone,
        minutes=60,
        way_there=say("Van at 9", "Camioneta a las 9"),
        bring=(say("The passport copy", "La copia del pasaporte"),),
        note=say("She asks the questions herself.", "Ella misma hace las preguntas."),
    )
    yesterday = MadeUpNote(
        1,
        "meeting",
        40,
        "Ana",
        say("Read the letter together.", "Leímos la carta."),
        say("She signs it this week.", "La firma esta semana."),
    )
    before = MadeUpNote(9, "for-her", 25, "", say("Wrote the letter.", "Se escribió la carta."), "")
    records = [along, *sample_plan(language, today, zone)]
    return MadeUpPerson("Ana", records, under_18=False, language="es", notes=[before, yesterday])


def _dede(say: Say, today: date, zone: str) -> MadeUpPerson:
    goals = in_order(
        [
            goal_with(
                Goal(title=say("See a doctor", "Ver a un médico"), domain=LifeDomain.HEALTH),
                Step(title=say("Choose who comes in", "Decidir quién entra"), done_on=on(today, -2)),
                Step(title=say("Go for the first time", "Ir por primera vez")),
                Helper(name=say("The interpreter", "La intérprete"), how=say("comes along", "va también")),
            ),
            goal_with(
                Goal(
                    title=say("A room with a window", "Un cuarto con ventana"),
                    domain=LifeDomain.HOME,
                    time=GoalTime.MONTHS,
                ),
                Step(title=say("Get on the housing list", "Entrar en la lista de vivienda"), done_on=on(today, -14)),
            ),
        ]
    )
    visit = Appointment(
        title=say("Doctor, first visit", "Médico, primera visita"),
        domain=LifeDomain.HEALTH,
        starts=on(today, 0, "14:00"),
        zone=zone,
        minutes=30,
        interpreter=say("booked", "ya está reservada"),
        note=say("Wants you in the room.", "Quiere que entres con ella."),
    )
    note = MadeUpNote(
        0, "call", 15, "Dede", say("Asks to see a doctor this week.", "Pide ver a un médico esta semana."), ""
    )
    return MadeUpPerson("Dede", [*goals, visit], under_18=False, notes=[note])


def _heron(say: Say) -> MadeUpPerson:
    goals = in_order(
        [
            goal_with(
                Goal(title=say("Save for my own place", "Ahorrar para mi propio lugar"), domain=LifeDomain.MONEY),
                Step(title=say("Open an account", "Abrir una cuenta")),
            )
        ]
    )
    note = MadeUpNote(12, "call", 10, "Heron", say("Doing well at work.", "Le va bien en el trabajo."), "")
    return MadeUpPerson("", goals, code="Heron", notes=[note])


def _lin(say: Say, today: date, zone: str) -> MadeUpPerson:
    check_in = Appointment(
        title=say("Check-in, at her pace", "Ver cómo está, a su ritmo"),
        domain=LifeDomain.PEOPLE,
        starts=on(today, 0, "11:00"),
        zone=zone,
        minutes=30,
        repeat="FREQ=WEEKLY;INTERVAL=2",
        note=say("Last time we stopped at Sleep.", "La última vez quedamos en Dormir."),
    )
    permit = Appointment(
        title=say("Work permit ends", "Vence el permiso de trabajo"),
        domain=LifeDomain.PAPERS,
        starts=on(today, 33),
        note=say("Allow 2 weeks.", "Contar con 2 semanas."),
    )
    dentist = SupportContact(
        name=say("Dental clinic", "Clínica dental"), phones=({"number": "555-0190", "label": ""},), languages=("en",)
    )
    goals: list[Record] = in_order(
        [
            goal_with(
                Goal(title=say("Sleep better", "Dormir mejor"), domain=LifeDomain.HEALING),
                Step(title=say("Try the small lamp", "Probar la lamparita"), done_on=on(today, -4)),
                Step(title=say("Ask for a quieter room", "Pedir un cuarto más tranquilo")),
            )
        ]
    )
    note = MadeUpNote(3, "meeting", 30, "Lin", say("Talked about sleep.", "Hablamos de dormir."), "")
    return MadeUpPerson("Lin", [*goals, check_in, permit, dentist], under_18=False, notes=[note])


def _tam(say: Say, today: date, zone: str) -> MadeUpPerson:
    school = Appointment(
        title=say("First look at a school", "Conocer una escuela"),
        domain=LifeDomain.SCHOOL,
        starts=on(today, 1, "10:00"),
        zone=zone,
        minutes=60,
    )
    goals = in_order(
        [
            goal_with(
                Goal(title=say("Go back to school", "Volver a la escuela"), domain=LifeDomain.SCHOOL),
                Step(title=say("Look at two schools", "Conocer dos escuelas")),
            )
        ]
    )
    note = MadeUpNote(2, "meeting", 20, "Tam", say("Chose which school to see.", "Eligió qué escuela ver."), "")
    return MadeUpPerson("Tam", [*goals, school], under_18=True, told_on=on(today, -20), notes=[note])
