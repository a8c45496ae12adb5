"""What a made-up person types on the tour, in both languages. Nobody here exists; numbers are kept free for stories."""

from __future__ import annotations

from dataclasses import dataclass

from planner.sample import SAMPLE_PASSPHRASE

WEAK = "banana12"
FIRST_PASSPHRASE = SAMPLE_PASSPHRASE
SECOND_PASSPHRASE = "eleven kettles hum at noon"
WRONG_PASSPHRASE = "seven spoons by the window"


@dataclass(frozen=True)
class Said:
    """Everything typed on the way through one variant."""

    name: str = "Ana"
    line_name: str = "Harbor House"
    line_number: str = "555 010 0199"
    # First steps
    five_words: str = "paper boat river quiet lamp"
    court_day: str = "4/1/2026"
    court_hour: str = "9:30 am"
    court_place: str = "County court, room 4"
    friend: str = "Maya"
    friend_phone: str = "555 010 0134"
    hope: str = "I want to bake for people"
    hope_step: str = "Ask for flour"
    hope_changed: str = "I want to bake bread for others"
    # My plan
    goal: str = "Learn to swim"
    why: str = "So that I can go to the lake with my sister."
    steps: tuple[str, str, str] = ("Ask what the pool costs", "Find a swimsuit", "Go and look at the pool")
    barrier: str = "The pool is expensive"
    way_round: str = "Ask about the free evening"
    # Calendar
    visit: str = "English class"
    visit_day: str = "3/17/2026"
    visit_hour: str = "6:30 pm"
    visit_place: str = "Library, second floor"
    visit_way: str = "Bus 14 at 6:05"
    visit_bring: str = "My notebook"
    visit_ask: str = "Is there a class on Saturdays?"
    new_day: str = "3/19/2026"
    new_hour: str = "6:30 pm"
    # People
    contact: str = "Joan"
    contact_role: str = "From the bakery"
    contact_phone: str = "555 010 0171"
    contact_when: str = "After 4 in the afternoon"
    contact_word: str = "“The bread is sold out” means: call me later."
    contact_knows: str = "My room"
    careful: str = "R."
    search: str = "bread"
    # With others
    person: str = "Noor"
    facts: str = "We called the clinic together."
    agreed: str = "Friday at 10, and I go along."
    amendment: str = "The clinic called back: 10:30."


SAID = {
    "en": Said(),
    "es": Said(
        five_words="barco papel río calma lámpara",
        line_name="Casa del Puerto",
        court_day="1/4/2026",
        court_hour="9:30",
        court_place="Corte del condado, sala 4",
        hope="Quiero hornear para la gente",
        hope_step="Pedir harina",
        hope_changed="Quiero hornear pan para otras personas",
        goal="Aprender a nadar",
        why="Para ir al lago con mi hermana.",
        steps=("Preguntar cuánto cuesta la alberca", "Buscar un traje de baño", "Ir a ver la alberca"),
        barrier="La alberca es cara",
        way_round="Preguntar por la tarde gratis",
        visit="Clase de inglés",
        visit_day="17/3/2026",
        visit_hour="18:30",
        visit_place="Biblioteca, segundo piso",
        visit_way="Autobús 14 a las 6:05",
        visit_bring="Mi cuaderno",
        visit_ask="¿Hay clase los sábados?",
        new_day="19/3/2026",
        new_hour="18:30",
        contact_role="De la panadería",
        contact_when="Después de las 4 de la tarde",
        contact_word="«Ya no hay pan» quiere decir: llámame más tarde.",
        contact_knows="Mi cuarto",
        search="pan",
        facts="Llamamos juntas a la clínica.",
        agreed="El viernes a las 10, y voy con ella.",
        amendment="La clínica llamó otra vez: 10:30.",
    ),
}
