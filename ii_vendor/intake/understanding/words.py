"""What column titles and short answers are called, in English, German, French, Spanish and a little Italian and Dutch.

Words are compared folded: without capitals, accents and punctuation. A phrase counts as a whole title; a stem counts
where any word of the title begins with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^\w#]+|_+")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CLEAR = 0.9
_LONGEST_TITLE = 260
_LABEL = 0.8


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


_PHRASES: Mapping[str, frozenset[str]] = {
    "id": _words(
        "id, no, nr, num, number, #, ref, ref no, ref id, question id, question no, question number, q no, qid, q, q #,"
        " item no, item number, item #, control id, control no, control number, req id, requirement id, req no,"
        " requirement no, requirement number, rec id, guid, uid, key, code, s no, sl no, sr no, serial no, index,"
        " ques num, question #, question ref, section no, clause, clause no, nummer, lfd nr, lfd no, pos, pos nr,"
        " position,"
        " ordnungszahl, oz, kennung, frage nr, frage id, anforderungs id, anf nr, kriterium nr, n, n°, no de question,"
        " numero, num pregunta, codigo, código, id question, id pregunta, nº, no.",
    ),
    "question": _words(
        "question, questions, question text, question request, questions requests, requirement, requirements, control,"
        " requirement description, detailed verification requirement, control question, checklist item, check,"
        " check item, criteria, criterion, evaluation criteria, security requirement, safeguard, question description,"
        " subcategory, sub category outcome, practice, control objective, recommendation, statement, question text,"
        " assessment question, consensus assessment questions, feature, features, capability, functional requirement,"
        " frage, fragen, fragestellung, anforderung, anforderungen, kriterium, kriterien, pruffrage, prufpunkt,"
        " merkmal,"
        " exigence, exigences, critere, criteres, pregunta, preguntas, requisito, requisitos, criterio, criterios,"
        " domanda, domande, requisiti, vraag, vragen, eis, eisen, pergunta"
    ),
    "answer": _words(
        "answer, answers, response, responses, reply, your answer, your response, vendor answer, vendor answers,"
        " vendor response, supplier response, supplier answer, bidder response, yes no, y n, yes no na, yes no n a,"
        " compliance, compliant, compliance status, conformity, implementation status, implemented, in place,"
        " fulfilled,"
        " met, comply, selection, choice, antwort, antworten, ihre antwort, antwort des bieters, bieterangabe,"
        " bieterangaben, erfullt, erfullung, erfullungsgrad, ja nein, umsetzungsstatus, umgesetzt, reponse, reponses,"
        " votre reponse, conforme, conformite, oui non, respuesta, respuestas, cumple, cumplimiento, si no, risposta,"
        " risposte, antwoord, resposta"
    ),
    "comment": _words(
        "comment, comments, additional information, additional info, additional details, notes, note, remark, remarks,"
        " explanation, explanations, further information, details, detail, justification, supporting information,"
        " narrative, elaboration, implementation description, see note, interview notes, bemerkung, bemerkungen,"
        " kommentar, kommentare, anmerkung, anmerkungen, erlauterung, erlauterungen, begrundung, commentaire,"
        " commentaires, remarque, remarques, precisions, observaciones, comentario, comentarios, justificacion, notas,"
        " osservazioni, opmerking, opmerkingen, toelichting"
    ),
    "evidence": _words(
        "evidence, supporting evidence, artifacts, artefacts, attachment, attachments, documentation, documents, proof,"
        " document reference, supporting documents, supporting documentation, nachweis, nachweise, beleg, belege,"
        " anlage,"
        " anlagen, preuve, preuves, pieces jointes, piece jointe, justificatif, justificatifs, evidencia, evidencias,"
        " adjunto, adjuntos, evidenze, bewijs"
    ),
    "guidance": _words(
        "guidance, help, hint, hints, instruction, instructions, how to answer, example, examples, guidance notes,"
        " hint for the vendor, hinweis, hinweise, hilfe, erklarung, ausfullhinweis, consigne, consignes, aide,"
        " indications,"
        " ayuda, orientacion, instrucciones, guida, toelichting bij de vraag"
    ),
    "section": _words(
        "section, sections, category, categories, domain, control domain, area, main area, sub area, topic, theme,"
        " group,"
        " function, chapter, family, control family, subject, pillar, module, ccm domain title, design area,"
        " sub category,"
        " kategorie, bereich, thema, kapitel, abschnitt, gruppe, domaine, categorie, rubrique, chapitre, categoria,"
        " dominio, seccion, capitulo, tema, sezione, ambito, hoofdstuk, business function, security practice"
    ),
    "other": _words(
        "weight, weighting, priority, severity, mandatory, must should, must have, moscow, owner, responsible, date,"
        " due date, version, revision, qty, quantity, unit, price, unit price, total, amount, since, level, score,"
        " points,"
        " rating, training, graph query, max score, gewichtung, gewicht, prioritat, muss soll, muss kann, menge,"
        " einheit,"
        " preis, einzelpreis, gesamtpreis, ep, gp, punkte, note max, poids, ponderation, priorite, prix, quantite,"
        " peso,"
        " prioridad, precio, cantidad, removed, reason, source, applicability, type, risk, risk level"
    ),
}
_STEMS: Mapping[str, Mapping[str, float]] = {
    "question": {
        "question": 0.85,
        "requirement": 0.85,
        "criteri": 0.75,
        "control": 0.5,
        "subcategor": 0.75,
        "frage": 0.8,
        "anforderung": 0.85,
        "kriteri": 0.8,
        "exigence": 0.85,
        "critere": 0.8,
        "pregunta": 0.85,
        "requisit": 0.85,
        "domand": 0.85,
        "describe": 0.7,
        "specification": 0.45,
        "description": 0.5,
        "beschreibung": 0.5,
        "leistung": 0.5,
        "descripcion": 0.5,
        "designation": 0.45,
        "practice": 0.55,
        "activity": 0.55,
        "statement": 0.5,
        "measure": 0.5,
        "massnahme": 0.6,
        "item": 0.45,
        "feature": 0.7,
        "function": 0.5,
        "functionality": 0.7,
        "parameter": 0.55,
        "subsection": 0.45,
        "task": 0.45,
        "verification": 0.5,
        "checklist": 0.7,
    },
    "answer": {
        "answer": 0.9,
        "response": 0.88,
        "reply": 0.8,
        "antwort": 0.9,
        "reponse": 0.9,
        "respuesta": 0.9,
        "rispost": 0.9,
        "complian": 0.85,
        "comply": 0.85,
        "complies": 0.85,
        "conform": 0.8,
        "erfullt": 0.85,
        "erfullung": 0.85,
        "umgesetzt": 0.8,
        "cumpl": 0.85,
        "status": 0.7,
        "implemented": 0.75,
        "place": 0.55,
        "tested": 0.6,
        "current": 0.55,
        "maturity": 0.6,
        "reifegrad": 0.65,
        "result": 0.5,
        "supported": 0.6,
        "available": 0.55,
        "offered": 0.6,
        "bieter": 0.5,
        "bidder": 0.5,
        "supplier": 0.45,
        "yes": 0.6,
        "ja": 0.6,
        "oui": 0.6,
        "si": 0.5,
        "rating": 0.45,
        "score": 0.4,
    },
    "comment": {
        "comment": 0.9,
        "remark": 0.9,
        "note": 0.75,
        "notes": 0.8,
        "explan": 0.85,
        "explain": 0.7,
        "information": 0.5,
        "bemerkung": 0.9,
        "kommentar": 0.9,
        "anmerkung": 0.9,
        "erlauterung": 0.9,
        "begrundung": 0.85,
        "commentaire": 0.9,
        "remarque": 0.9,
        "observac": 0.9,
        "comentario": 0.9,
        "detail": 0.55,
        "justif": 0.8,
        "rationale": 0.6,
        "narrative": 0.8,
        "deviation": 0.7,
        "implementation": 0.55,
    },
    "evidence": {
        "evidence": 0.9,
        "nachweis": 0.9,
        "preuve": 0.9,
        "evidencia": 0.9,
        "attach": 0.85,
        "proof": 0.8,
        "artifact": 0.8,
        "artefact": 0.8,
        "document": 0.6,
        "dokument": 0.6,
        "link": 0.55,
        "url": 0.6,
        "reference": 0.45,
        "referenz": 0.45,
        "jointe": 0.85,
    },
    "guidance": {
        "guid": 0.9,
        "hint": 0.85,
        "hinweis": 0.9,
        "instruct": 0.8,
        "help": 0.8,
        "example": 0.7,
        "beispiel": 0.7,
        "consigne": 0.85,
        "ayuda": 0.8,
        "info": 0.45,
        "expect": 0.6,
        "specification": 0.55,
    },
    "section": {
        "section": 0.7,
        "categor": 0.75,
        "kategorie": 0.75,
        "domain": 0.8,
        "area": 0.75,
        "bereich": 0.75,
        "topic": 0.7,
        "thema": 0.7,
        "theme": 0.7,
        "chapter": 0.7,
        "kapitel": 0.7,
        "group": 0.6,
        "function": 0.45,
    },
    "other": {
        "reviewer": 1.0,
        "evaluator": 1.0,
        "evaluation": 0.6,
        "assessor": 1.0,
        "analyst": 1.0,
        "internal": 0.8,
        "bewert": 0.8,
        "prufer": 0.8,
        "weight": 0.9,
        "gewicht": 0.9,
        "poids": 0.9,
        "priorit": 0.9,
        "severity": 0.9,
        "price": 0.9,
        "preis": 0.9,
        "cost": 0.7,
        "level": 0.6,
        "target": 0.75,
        "previous": 0.7,
        "iso": 0.7,
        "nist": 0.8,
        "hipaa": 0.8,
        "pci": 0.8,
        "cis": 0.8,
        "crosswalk": 0.8,
        "mapping": 0.7,
        "ownership": 0.7,
        "preferred": 0.8,
        "override": 0.8,
        "score": 0.6,
        "original": 0.6,
        "removed": 0.9,
        "muss": 0.7,
        "moscow": 0.9,
        "mandatory": 0.8,
    },
}
_STEMS_BY_BEGINNING: Mapping[str, Sequence[tuple[str, str, float]]] = {
    beginning: tuple(
        (stem, role, weight)
        for role, stems in _STEMS.items()
        for stem, weight in stems.items()
        if stem[:2] == beginning
    )
    for beginning in {stem[:2] for stems in _STEMS.values() for stem in stems}
}
_ID_WORDS = _words("id, no, nr, num, number, nummer, numero, #, code, codigo, guid, ref, n°, nº")
_NOT_THE_ANSWER = ("comment", "evidence", "guidance")
_TITLE_ROLES = ("id", "question", "answer", "comment", "evidence", "guidance", "section", "other")

SHORT_ANSWERS = _words(
    "yes, no, na, n a, n/a, none, partial, partially, partly, y, n, true, false, not applicable, compliant,"
    " fully compliant, partially compliant, not compliant, non compliant, noncompliant, complies, comply, c, pc, nc,"
    " full,"
    " fully, met, not met, partially met, implemented, not implemented, partially implemented, planned, in progress,"
    " open,"
    " fulfilled, not required, done, not done, pass, fail, passed, failed, supported, not supported, agree, disagree,"
    " accepted, rejected, standard, custom, roadmap, unknown, not verified, see note, see notes, not tested,"
    " not in place,"
    " in place, ja, nein, teilweise, entfallt, nicht zutreffend, erfullt, nicht erfullt, teilweise erfullt, umgesetzt,"
    " nicht umgesetzt, oui, non, partiel, partiellement, sans objet, non applicable, so, si, parcial, parcialmente,"
    " no aplica, cumple, no cumple, in parte, non applicabile, gedeeltelijk, nee, nvt, sim, nao"
)
OPTION_TITLES = SHORT_ANSWERS | _words(
    "not available, available, out of the box, configuration, customisation, customization, third party, 0, 1, 2, 3,"
    " 4, 5"
)
MARKS = frozenset(
    [
        "x",
        "X",
        "✓",
        "✔",
        "✗",
        "✘",
        "●",
        "•",
        "■",
        "☑",
        "☒",
        "√",
        "ü",
        "v",
        "V",
        "1",
        "TRUE",
        "true",
        "True",
        "WAHR",
        "VRAI",
        "X.",
        "(x)",
        "[x]",
        "xx",
        "XX",
    ]
)
NO_MARKS = frozenset(["0", "FALSE", "false", "False", "FALSCH", "FAUX", "-", "–", "—", "☐", "□", "○", "[", "]"]) | {
    "[ ]",
    "( )",
}
TIMES = _words(
    "current, target, previous, baseline, as is, to be, ist, soll, actual, future, past, today, phase, year, last,"
    " initial,"
    " final, before, after, aktuell, ziel, actuel, cible, state, projection"
)
TOTALS = _words(
    "total, totals, sub total, subtotal, sum, overall score, overall, score, summe, gesamt, gesamtsumme, zwischensumme,"
    " total general, grand total, average, mittelwert, somme, suma, totale"
)
CHANGE_WORDS = _words(
    "deprecated, merged, moved, updated, deleted, added, removed, changed, new, renamed, split, superseded, unchanged"
)
VERSION_TITLES = _words(
    "version, revision, rev, release, release date, change date, changed by, author, version no, version number, stand,"
    " anderung, anderungen, description of change, change, changes"
)
VENDOR_WORDS = _words(
    "vendor, vendors, supplier, bidder, csp, provider, your, company, contractor, tenderer, offeror, anbieter, bieter,"
    " lieferant, fournisseur, soumissionnaire, proveedor, licitador, manufacturer, hersteller, the, of, s, der, des, du"
)
_ASKS = re.compile(
    r"\s*(?:[\"'“¿(]*)(?:(?:(?:if|where|when)\b[^,]{3,80},\s*)?"
    r"(?:do|does|did|is|are|was|were|will|would|can|could|has|have|had|should|may|must|shall|what|which|who|whom|whose|"
    r"when|where|why|how|describe|provide|list|explain|state|specify|indicate|confirm|verify|ensure|identify|define|"
    r"detail|demonstrate|outline|give|name|select|include|attach|submit|use|make sure|please|in which|for how|to which|"
    r"at which|since when|by whom|under which|"
    r"wie|was|wer|wo|wann|warum|welche|welcher|welches|ist|sind|haben|hat|kann|können|werden|wird|gibt|bitte|beschreiben|"
    r"nennen|erläutern|quel|quelle|quels|quelles|comment|qui|où|quand|est-ce|avez|êtes|décri\w+|indique\w+|fourni\w+|"
    r"veuillez|qué|cuál|cuáles|cómo|quién|dónde|cuándo|describa|indique|proporcione|existe|tiene)\b)",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:shall|must|should|will be able|has to|needs to|is required|are required|muss|müssen|soll|sollen|sollte|"
    r"doit|doivent|devra|devront|debe|deben|deberá|deve|devono|moet|moeten)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The words without capitals, accents and punctuation, one space between them."""
    if text.isascii():
        return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NOT_A_WORD.sub(" ", letters).split())


@lru_cache(maxsize=65_536)
def asks(text: str) -> bool:
    """Whether a text is worded like a question, an instruction to answer or a requirement."""
    line = text.strip()
    if len(line) < 8:
        return False
    if "?" in line:
        return True
    return len(line.split()) > 2 and (_ASKS.match(line) is not None or _MODAL.search(line) is not None)


@lru_cache(maxsize=8_192)
def title_roles(title: str) -> Mapping[str, float]:
    """How far a column title names each role, 0-1; only roles that it names at all."""
    if not title.strip() or len(title) > _LONGEST_TITLE:
        return {}
    found = _named(title)
    if found.get("other", 0) >= _CLEAR:
        return {"other": found["other"]}
    if found.get("id", 0) >= _CLEAR:
        found = {role: strength if role == "id" else strength * 0.3 for role, strength in found.items()}
    said = max((found.get(role, 0) for role in _NOT_THE_ANSWER), default=0)
    if said >= 0.75 and max(found, key=lambda role: found[role]) != "answer":
        found |= {role: found[role] * 0.4 for role in ("answer", "question") if role in found}
    return found


def best_title_role(title: str) -> tuple[str, float]:
    """The role that a title names most, and how far; no role and 0 where it names none."""
    roles = title_roles(title)
    role = max(roles, key=lambda each: roles[each], default="")
    return role, roles.get(role, 0.0)


def _named(title: str) -> dict[str, float]:
    """How far each role is named by a whole phrase, or else by the words that a title is made of."""
    whole = folded(title)
    readings = {whole, folded(title.split("\n", 1)[0]), folded(_IN_BRACKETS.sub(" ", title))}
    words = whole.split()
    often = 1.0 if len(words) <= 6 else 0.8 if len(words) <= 12 else 0.5
    found: dict[str, float] = {}
    for word in words:
        for stem, role, weight in _STEMS_BY_BEGINNING.get(word[:2], ()):
            if word.startswith(stem):
                found[role] = max(found.get(role, 0.0), weight * often)
    if 0 < len(words) <= 4 and _ID_WORDS.intersection(words):
        found["id"] = 0.92
    found |= {role: 1.0 for role, phrases in _PHRASES.items() if not readings.isdisjoint(phrases)}
    return {role: found[role] for role in _TITLE_ROLES if role in found}


def is_label(text: str, role: str) -> bool:
    """Whether a text is a label that names a role and says nothing else: ``Guidance:``."""
    label = text.strip()
    if not label.endswith(":"):
        return False
    named, strength = best_title_role(label.rstrip(":"))
    return named == role and strength >= _LABEL


@lru_cache(maxsize=4096)
def is_short_answer(text: str) -> bool:
    """Whether a text is one of the usual short answers, alone or before its explanation: ``Yes``, ``1) Yes``."""
    words = folded(text)
    return words in SHORT_ANSWERS or (words.lstrip("0123456789 ") in SHORT_ANSWERS and bool(words))


def is_option_title(title: str) -> bool:
    """Whether a column title is itself an answer: ``Yes``, ``Partially compliant``."""
    return folded(title) in OPTION_TITLES or folded(_IN_BRACKETS.sub(" ", title)) in OPTION_TITLES


def is_mark(text: str) -> bool:
    """Whether a cell is ticked."""
    return text.strip() in MARKS


def is_no_mark(text: str) -> bool:
    """Whether a cell says in writing that it is not ticked."""
    return text.strip() in NO_MARKS


def speaks_of_times(title: str) -> bool:
    """Whether a title names a state in time (``Target``, ``Phase 2``) and not somebody."""
    return bool(TIMES.intersection(folded(title).split()))
