"""The plan of Ana, who was made up, as it stands on one given day."""

from __future__ import annotations

from datetime import date

from planner.plan.life import LifeDomain
from planner.plan.records import (
    Appointment,
    Barrier,
    Dependent,
    Goal,
    GoalState,
    GoalTime,
    Helper,
    Outcome,
    Reach,
    Record,
    Ring,
    Step,
    SupportContact,
    WhatHappened,
    WrittenBy,
    new_id,
)
from planner.sample.made_up import ZONE, Say, goal_with, in_order, on

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def sample_plan(language: str, today: date, zone: str = ZONE) -> list[Record]:
    """Everything in Ana's plan, seen from ``today``; ``zone`` is the IANA zone in which she lives.

    Ids are new at every call; everything else is the same for the same day and language.
    """
    say = Say(language)
    people = {who: new_id() for who in ("joan", "maya", "ruth", "ellis", "legal", "clinic", "amin")}
    return [
        *_goals(say, today, people),
        *_appointments(say, today, people, zone),
        *_contacts(say, people),
        *_dependents(say, today),
    ]


def _goals(say: Say, today: date, people: dict[str, str]) -> list[Record]:
    joan, maya = people["joan"], people["maya"]
    return in_order(
        [
            goal_with(
                Goal(
                    title=say("Sleep somewhere I can lock", "Dormir en un lugar que pueda cerrar con llave"),
                    why=say("So that I can sleep through the night.", "Para poder dormir toda la noche."),
                    domain=LifeDomain.HOME,
                ),
                Step(title=say("Look at the room with Joan", "Ver el cuarto con Joan"), done_on=on(today, -30)),
                Step(title=say("Read the house rules", "Leer las reglas de la casa"), done_on=on(today, -28)),
                Step(title=say("Bring my things", "Llevar mis cosas"), done_on=on(today, -21)),
                Step(
                    title=say("Ask for a second key", "Pedir otra llave"),
                    when=say("when Ruth is in", "cuando esté Ruth"),
                ),
                Helper(contact=people["ruth"], name="Ruth", how=say("has the keys", "tiene las llaves")),
            ),
            goal_with(
                Goal(
                    title=say("Get my own ID card", "Sacar mi propia identificación"),
                    why=say("So that I can sign for my own room.", "Para poder firmar por mi propio cuarto."),
                    domain=LifeDomain.PAPERS,
                ),
                Step(
                    title=say("Find out what the office asks for", "Averiguar qué piden en la oficina"),
                    done_on=on(today, -16),
                ),
                Step(
                    title=say("Write the letter for my birth record", "Escribir la carta para mi acta de nacimiento"),
                    with_whom=say("with Joan", "con Joan"),
                    done_on=on(today, -9),
                ),
                Step(title=say("Sign the letter, Joan posts it", "Firmar la carta; Joan la envía")),
                Step(
                    title=say("Wait for the birth record", "Esperar el acta de nacimiento"),
                    when=say("3 to 6 weeks", "de 3 a 6 semanas"),
                ),
                Step(
                    title=say("Go to the ID office", "Ir a la oficina de identificación"),
                    with_whom=say("Maya goes with me", "Maya va conmigo"),
                ),
                Helper(contact=joan, name="Joan", how=say("writes and posts", "escribe y envía")),
                Helper(contact=maya, name="Maya", how=say("goes with me", "va conmigo")),
                Barrier(
                    what=say("The record costs 25 dollars.", "El acta cuesta 25 dólares."),
                    way_round=say("Ask for it free. Joan has the form.", "Pedirla gratis. Joan tiene el formulario."),
                ),
            ),
            goal_with(
                Goal(
                    title=say("Find a doctor I like", "Encontrar una doctora que me guste"),
                    why=say("So that I do not put it off again.", "Para no dejarlo otra vez para después."),
                    domain=LifeDomain.HEALTH,
                    time=GoalTime.MONTHS,
                ),
                Step(
                    title=say("Ask who speaks Spanish", "Preguntar quién habla español"),
                    done_on=on(today, -6),
                ),
                Step(title=say("Call the clinic back", "Devolver la llamada a la clínica")),
                Step(title=say("Go once and see", "Ir una vez y ver")),
                Helper(contact=joan, name="Joan", how=say("can do the talking", "puede hablar por mí")),
            ),
            goal_with(
                Goal(
                    title=say("English class twice a week", "Clase de inglés dos veces por semana"),
                    why=say("So that I can ask for myself.", "Para poder preguntar por mi cuenta."),
                    domain=LifeDomain.SCHOOL,
                    time=GoalTime.MONTHS,
                ),
                Step(title=say("Visit the school", "Visitar la escuela"), done_on=on(today, -24)),
                Step(title=say("Sign up", "Inscribirme"), done_on=on(today, -20)),
                Step(title=say("Find a second day", "Encontrar un segundo día")),
                Helper(contact=people["ellis"], name=say("Ms. Ellis", "Sra. Ellis"), how=say("teaches", "da la clase")),
            ),
            goal_with(
                Goal(
                    title=say("Work in a bakery", "Trabajar en una panadería"),
                    why=say("I like early mornings and the smell.", "Me gustan las madrugadas y el olor."),
                    domain=LifeDomain.WORK,
                    time=GoalTime.LATER,
                ),
                Step(title=say("Ask Father Luis about the kitchen", "Preguntar al padre Luis por la cocina")),
                Step(title=say("Learn which papers work needs", "Saber qué papeles pide un trabajo")),
            ),
            goal_with(
                Goal(
                    title=say("Write to my sister", "Escribir a mi hermana"),
                    domain=LifeDomain.FAMILY,
                    time=GoalTime.LATER,
                    state=GoalState.RESTING,
                ),
            ),
            goal_with(
                Goal(
                    title=say("A phone that is only mine", "Un teléfono solo mío"),
                    domain=LifeDomain.DEVICES,
                    state=GoalState.DONE,
                    written_by=WrittenBy.TOGETHER,
                ),
                Step(title=say("New number, new accounts", "Número nuevo, cuentas nuevas"), done_on=on(today, -35)),
            ),
        ]
    )


def _appointments(say: Say, today: date, people: dict[str, str], zone: str) -> list[Record]:
    class_day = on(today, 4 - 28, "09:00")
    english = Appointment(
        title=say("English class", "Clase de inglés"),
        domain=LifeDomain.SCHOOL,
        starts=class_day,
        zone=zone,
        minutes=90,
        repeat=f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[date.fromisoformat(class_day[:10]).weekday()]}",
        place=say("The library, upstairs", "La biblioteca, arriba"),
        contact=people["ellis"],
    )
    clinic_visit = Appointment(
        title=say("First visit at the clinic", "Primera visita a la clínica"),
        domain=LifeDomain.HEALTH,
        starts=on(today, -6, "14:00"),
        zone=zone,
        minutes=30,
        contact=people["clinic"],
    )
    return [
        Appointment(
            title=say("Talk with Ruth", "Hablar con Ruth"),
            domain=LifeDomain.HEALING,
            starts=on(today, 0, "10:30"),
            zone=zone,
            minutes=50,
            place=say("Harbor House, room 2", "Harbor House, sala 2"),
            way_there=say("Bus 14 at 9:55", "Autobús 14 a las 9:55"),
            who_comes="Maya",
            child_care=say("Nico is at school", "Nico está en la escuela"),
            ask=(say("Can we meet every two weeks?", "¿Podemos vernos cada dos semanas?"),),
            contact=people["ruth"],
        ),
        Appointment(
            title=say("Call the clinic back", "Devolver la llamada a la clínica"),
            domain=LifeDomain.HEALTH,
            starts=on(today, 0, "15:00"),
            zone=zone,
            note=say("Joan sits with you and can do the talking.", "Joan se sienta contigo y puede hablar por ti."),
            interpreter=say("the clinic has one on the line", "la clínica tiene, por teléfono"),
            contact=people["clinic"],
        ),
        Appointment(
            title=say("Maya comes by", "Viene Maya"),
            domain=LifeDomain.PEOPLE,
            starts=on(today, 2, "14:00"),
            zone=zone,
            contact=people["maya"],
        ),
        english,
        Outcome(appointment=english.id, occurrence=on(today, -3, "09:00"), what=WhatHappened.NOT_THIS_TIME),
        Outcome(appointment=english.id, occurrence=on(today, -10, "09:00"), what=WhatHappened.WENT),
        Appointment(
            title=say("Legal aid", "Ayuda legal"),
            domain=LifeDomain.PAPERS,
            starts=on(today, 6, "11:00"),
            zone=zone,
            minutes=60,
            place=say("Oak Street, second floor", "Calle Oak, segundo piso"),
            who_comes="Joan",
            interpreter=say("booked, over the phone", "ya está, por teléfono"),
            bring=(say("The letter from March", "La carta de marzo"), say("My bus card", "Mi tarjeta de autobús")),
            ask=(
                say("How long does it take?", "¿Cuánto tarda?"),
                say("Who will read what I say?", "¿Quién va a leer lo que yo diga?"),
            ),
            contact=people["legal"],
        ),
        Appointment(
            title=say("Nico: no school", "Nico: no hay clases"),
            domain=LifeDomain.FAMILY,
            starts=on(today, 12),
        ),
        Appointment(
            title=say("Fetch my pills", "Recoger mis pastillas"),
            domain=LifeDomain.HEALTH,
            starts=on(today, 9, "16:30"),
            zone=zone,
            minutes=15,
            repeat="FREQ=WEEKLY;INTERVAL=4",
            place=say("The pharmacy by the station", "La farmacia junto a la estación"),
        ),
        clinic_visit,
        Outcome(
            appointment=clinic_visit.id,
            occurrence=clinic_visit.starts,
            what=WhatHappened.MOVED,
            new_starts=on(today, 14, "10:00"),
            note=say("They were full.", "Estaban llenos."),
        ),
    ]


def _phone(number: int, label: str = "") -> tuple[dict[str, str], ...]:
    return ({"number": f"555-0{number}", "label": label},)


def _contacts(say: Say, people: dict[str, str]) -> list[Record]:
    work = say("work", "trabajo")
    return [
        SupportContact(
            id=people["maya"],
            name="Maya",
            role=say("A friend", "Una amiga"),
            phones=_phone(118, say("mobile", "celular")),
            languages=("es", "en"),
            call=Reach.YES,
            call_when=say("From 6 to 8 in the evening", "De 6 a 8 de la noche"),
            message=Reach.NO,
            message_note=say("Others in her home hear it", "En su casa otros lo oyen"),
            text=Reach.YES,
            text_note=say("Only about small things", "Solo de cosas pequeñas"),
            our_word=say(
                "“The bread is sold out” means: call me later", "«Ya no hay pan» quiere decir: llámame más tarde"
            ),
            knows=(say("My room", "Mi cuarto"), say("My new name", "Mi nuevo nombre")),
            knows_not=(say("The court date", "La fecha de la corte"),),
            ring=Ring.CLOSE,
        ),
        SupportContact(
            id=people["joan"],
            name="Joan",
            role=say("Helps with papers", "Ayuda con los papeles"),
            organisation="Harbor House",
            phones=_phone(101, work),
            languages=("en", "es"),
            call=Reach.YES,
            call_when=say("Monday to Friday, 9 to 5", "De lunes a viernes, de 9 a 5"),
            message=Reach.YES,
            text=Reach.YES,
            knows=(say("My room", "Mi cuarto"), say("The court date", "La fecha de la corte")),
            ring=Ring.CLOSE,
        ),
        SupportContact(
            name="Leo",
            role=say("My cousin", "Mi primo"),
            phones=_phone(133),
            languages=("es",),
            call=Reach.YES,
            text=Reach.UNKNOWN,
            knows_not=(say("Where I live", "Dónde vivo"),),
            ring=Ring.CLOSE,
        ),
        SupportContact(
            id=people["ruth"],
            name="Ruth",
            role=say("Listens, every other week", "Escucha, cada dos semanas"),
            organisation="Harbor House",
            phones=_phone(102, work),
            languages=("en", "es"),
            call=Reach.YES,
            message=Reach.YES,
        ),
        SupportContact(
            id=people["ellis"],
            name=say("Ms. Ellis", "Sra. Ellis"),
            role=say("My English teacher", "Mi maestra de inglés"),
            phones=_phone(140),
            languages=("en",),
            text=Reach.YES,
        ),
        SupportContact(
            name=say("Father Luis", "Padre Luis"),
            role=say("Runs the kitchen", "Lleva la cocina"),
            phones=_phone(155),
            languages=("es", "en"),
            call=Reach.YES,
        ),
        SupportContact(
            id=people["amin"],
            name=say("Dr. Amin", "Dra. Amin"),
            role=say("A doctor", "Médica"),
            phones=_phone(160, work),
            languages=("en", "ar"),
            ring=Ring.FURTHER,
        ),
        SupportContact(
            id=people["legal"],
            name=say("Legal aid", "Ayuda legal"),
            role=say("Lawyers, free of charge", "Abogadas y abogados sin costo"),
            phones=_phone(171, work),
            languages=("en", "es"),
            call=Reach.YES,
            message=Reach.NO,
            message_note=say("Call again instead", "Mejor llamar otra vez"),
            ring=Ring.FURTHER,
        ),
        SupportContact(
            id=people["clinic"],
            name=say("Clinic", "Clínica"),
            phones=_phone(180, say("front desk", "recepción")),
            languages=("en",),
            call=Reach.YES,
            ring=Ring.FURTHER,
        ),
        SupportContact(name=say("My sister", "Mi hermana"), ring=Ring.FURTHER, languages=("es",)),
        SupportContact(
            name="Rey",
            role=say("From before", "De antes"),
            ring=Ring.FURTHER,
            call=Reach.NO,
            message=Reach.NO,
            text=Reach.NO,
            keep_away=True,
            if_near=say("I go into the bakery and call Joan.", "Entro a la panadería y llamo a Joan."),
        ),
    ]


def _dependents(say: Say, today: date) -> list[Record]:
    return [
        Dependent(
            name="Nico",
            relation=say("My son", "Mi hijo"),
            born=f"{today.year - 6}-05-17",
            day_place=say("First grade, until 2:30", "Primer grado, hasta las 2:30"),
            may_collect=(say("Me", "Yo"), "Maya"),
            needs=say("Peanuts make him ill.", "El cacahuate le hace daño."),
        )
    ]
