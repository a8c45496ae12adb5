"""What lists of places call things, in English and Spanish, and what each means here. Nothing is guessed from less."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from planner.packs.services import MANY, Cost, Ease, Need

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "service name", "service", "agency", "agency name", "program", "nombre", "servicio", "lugar"),
    "organization": ("organization", "organization name", "organisation", "provider", "organizacion", "institucion"),
    "purpose": ("what for", "description", "purpose", "details", "para que", "descripcion", "que ofrece"),
    "phones": ("phone", "phone number", "phones", "telephone", "tel", "hotline", "telefono", "telefonos"),
    "address": ("address", "street address", "location", "direccion", "domicilio"),
    "city": ("city", "town", "ciudad"),
    "state": ("state", "province", "state province", "estado"),
    "postcode": ("zip", "zip code", "postal code", "postcode", "codigo postal"),
    "languages": ("languages", "language", "languages spoken", "idiomas", "idioma", "lenguas"),
    "cost": ("cost", "costs", "fee", "fees", "price", "fees description", "costo", "precio", "tarifa"),
    "hours": ("hours", "opening hours", "hours of operation", "schedule", "horario", "horarios", "horas"),
    "needs": ("need", "needs", "category", "categories", "type", "kind", "categoria", "tipo", "necesidades"),
    "eases": ("helps with", "barriers", "easy", "good to know", "barreras", "facilita"),
    "note": ("note", "notes", "comments", "remarks", "nota", "notas", "comentarios"),
    "site": ("website", "web", "url", "site", "sitio", "sitio web", "pagina web", "pagina"),
    "email": ("email", "e mail", "mail", "correo", "correo electronico"),
    "checked": ("checked", "last checked", "last verified", "verified", "assured date", "revisado", "verificado"),
    "status": ("status", "estatus"),
    "who": ("eligibility", "eligibility description", "who", "requisitos", "elegibilidad", "para quien"),
    "how": ("application process", "how to apply", "intake", "como pedirlo", "como solicitar"),
    "interpreters": ("interpretation services", "interpreters", "interpretes"),
}
"""The names that the columns of a plain table may have, folded (:func:`folded`)."""

# Every way of writing it is folded; a list may also have the code itself.
_LANGUAGES = {
    "am": "amharic amarico",
    "ar": "arabic arabe",
    "bn": "bengali bangla",
    "de": "german aleman",
    "en": "english ingles",
    "es": "spanish espanol castellano",
    "fa": "persian farsi dari persa",
    "fr": "french frances",
    "hi": "hindi",
    "hmn": "hmong",
    "ja": "japanese japones",
    "ko": "korean coreano",
    "ne": "nepali",
    "pa": "punjabi",
    "pt": "portuguese portugues",
    "ro": "romanian rumano",
    "ru": "russian ruso",
    "so": "somali",
    "sw": "swahili suajili",
    "th": "thai tailandes",
    "ti": "tigrinya",
    "tl": "tagalog",
    "uk": "ukrainian ucraniano",
    "ur": "urdu",
    "vi": "vietnamese vietnamita",
    "yo": "yoruba",
    "zh": "chinese mandarin cantonese chino",
}
_BY_NAME = {name: code for code, names in _LANGUAGES.items() for name in (code, *names.split())}
_BY_NAME |= {"haitian creole": "ht", "creole": "ht", "kreyol": "ht", "ht": "ht", "criollo haitiano": "ht"}
_INTERPRETER = re.compile(r"interpret|language line|all languages|any language|todos los idiomas|cualquier idioma")

_NEEDS = {
    Need.STAY: "shelter housing hous homeless refugio albergue vivienda alojamiento",
    Need.FOOD: "food pantry meal hunger clothing comida aliment despensa ropa",
    Need.HEALTH: "health clinic medical dental doctor hospital salud clinica medic",
    Need.HEALING: "mental counsel therap psych trauma terapia consejeria psico",
    Need.SUBSTANCES: "substance addiction alcohol drug detox adiccion droga",
    Need.LAW: "legal law attorney court abogad juridic corte",
    Need.IMMIGRATION: "immigra asylum refugee inmigra migra asilo",
    Need.PAPERS: "identification birth certificate identificacion acta",
    Need.MONEY: "financ benefit tax debt money cash dinero benefici impuesto deuda",
    Need.WORK: "employment job career work wage empleo trabajo",
    Need.SCHOOL: "education school ged esl literacy tutoring educacion escuela ingles",
    Need.FAMILY: "child famil parent childcare youth ninos ninez crianza",
    Need.TALK: "crisis hotline helpline linea",
}
_PREFIXES = [(prefix, need) for need, prefixes in _NEEDS.items() for prefix in prefixes.split()]

_EASES = {
    Ease.NO_ID: "no id|no id needed|sin identificacion",
    Ease.NO_PAPERS: "no papers|no immigration papers|any status|sin papeles",
    Ease.NO_REPORT: "no report|does not report|no reporta|no denuncia",
    Ease.CHILDREN: "children|takes children|children welcome|con hijos|acepta ninos",
    Ease.NIGHT: "night|open late|24 hours|24/7|de noche|24 horas",
    Ease.WRITE: "text|chat|message|mensaje",
    Ease.NO_TRAVEL: "by phone|online|home visits|no travel|por telefono|en linea",
    Ease.ALL_GENDERS: "all genders|men welcome|todos los generos",
    Ease.RECORD: "record ok|background ok|con antecedentes",
    Ease.USING: "no sobriety rule|low barrier|sin exigir sobriedad",
    Ease.PETS: "pets|mascotas",
    Ease.STEP_FREE: "wheelchair|step free|accessible|silla de ruedas|accesible",
}
_EASE_BY_NAME = {
    name: ease for ease, names in _EASES.items() for name in (ease.value.replace("-", " "), *names.split("|"))
}

_FREE = re.compile(r"(free( of charge)?|no (cost|charge|fees?)|none|gratis|gratuit[oa]|sin costo|[$€]?0([.,]00)?)[.!]?")
_BY_INCOME = re.compile(r"sliding|ability to pay|income[- ]based|segun (tus |sus |los )?ingresos|escala")


def folded(text: str) -> str:
    """Words to compare: small letters without accents, signs as spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w/$€.,]|_", " ", plain).split())


def parts(text: str) -> list[str]:
    """The entries of a cell that holds several."""
    return [each.strip() for each in re.split(r"[;,|\n/]", text) if each.strip()]


def languages(texts: Iterable[str]) -> list[str]:
    """Codes of the languages that are named, :data:`MANY` for interpreters; others stay as they are written."""
    found: list[str] = []
    for each in texts:
        plain = folded(each)
        if _INTERPRETER.search(plain):
            found.append(MANY)
        elif plain:
            found.append(_BY_NAME.get(plain) or _BY_NAME.get(plain.split()[0][:2] if "-" in each else "", each.strip()))
    return list(dict.fromkeys(found))


def needs(texts: Iterable[str]) -> list[str]:
    """What is looked for there, by the words under which a list puts it; its own codes too."""
    found: dict[Need, None] = {}
    for each in texts:
        for word in folded(each).replace("/", " ").split():
            if word in set(Need):
                found[Need(word)] = None
            found |= {need: None for prefix, need in _PREFIXES if word.startswith(prefix)}
    return [each.value for each in found]


def eases(texts: Iterable[str]) -> list[str]:
    """What is easy there; only what a list says in so many words."""
    found = [_EASE_BY_NAME[folded(each)] for each in texts if folded(each) in _EASE_BY_NAME]
    return [each.value for each in dict.fromkeys(found)]


def cost(text: str) -> Cost:
    """What it costs, where the words leave no doubt."""
    plain = folded(text)
    if _FREE.fullmatch(plain):
        return Cost.FREE
    return Cost.BY_INCOME if _BY_INCOME.search(plain) else Cost.UNKNOWN
