"""What column titles and short answers are called, in English, German, French, Spanish and a little Italian and Dutch.

Words stand folded, as ``words.folded`` gives them: without capitals, accents and punctuation.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


def _weights(text: str) -> Mapping[str, float]:
    pairs = (pair.rsplit(maxsplit=1) for pair in text.split(","))
    return {stem.strip(): float(weight) for stem, weight in pairs}


PHRASES: Mapping[str, frozenset[str]] = {
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
        "question, questions, question text, question request, questions requests, requirement, "
        "requirements, control, requirement description, detailed verification requirement, "
        "control question, checklist item, check, check item, criteria, criterion, evaluation criteria, "
        "security requirement, safeguard, question description, subcategory, sub category outcome, "
        "practice, control objective, recommendation, statement, question text, assessment question, "
        "consensus assessment questions, feature, features, capability, functional requirement, frage, "
        "fragen, fragestellung, anforderung, anforderungen, kriterium, kriterien, pruffrage, prufpunkt, "
        "merkmal, exigence, exigences, critere, criteres, pregunta, preguntas, requisito, requisitos, "
        "criterio, criterios, domanda, domande, requisiti, vraag, vragen, eis, eisen, pergunta"
    ),
    "answer": _words(
        "answer, answers, response, responses, reply, your answer, your response, vendor answer, "
        "vendor answers, vendor response, supplier response, supplier answer, bidder response, yes no, "
        "y n, yes no na, yes no n a, compliance, compliant, compliance status, conformity, "
        "implementation status, implemented, in place, fulfilled, met, comply, selection, choice, antwort, "
        "antworten, ihre antwort, antwort des bieters, bieterangabe, bieterangaben, erfullt, erfullung, "
        "erfullungsgrad, ja nein, umsetzungsstatus, umgesetzt, reponse, reponses, votre reponse, conforme, "
        "conformite, oui non, respuesta, respuestas, cumple, cumplimiento, si no, risposta, risposte, "
        "antwoord, resposta"
    ),
    "comment": _words(
        "comment, comments, additional information, additional info, additional details, notes, note, "
        "remark, remarks, explanation, explanations, further information, details, detail, justification, "
        "supporting information, narrative, elaboration, implementation description, see note, "
        "interview notes, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen, "
        "erlauterung, erlauterungen, begrundung, commentaire, commentaires, remarque, remarques, "
        "precisions, observaciones, comentario, comentarios, justificacion, notas, osservazioni, "
        "opmerking, opmerkingen, toelichting"
    ),
    "evidence": _words(
        "evidence, supporting evidence, artifacts, artefacts, attachment, attachments, documentation, "
        "documents, proof, document reference, supporting documents, supporting documentation, nachweis, "
        "nachweise, beleg, belege, anlage, anlagen, preuve, preuves, pieces jointes, piece jointe, "
        "justificatif, justificatifs, evidencia, evidencias, adjunto, adjuntos, evidenze, bewijs"
    ),
    "guidance": _words(
        "guidance, help, hint, hints, instruction, instructions, how to answer, example, examples, "
        "guidance notes, hint for the vendor, hinweis, hinweise, hilfe, erklarung, ausfullhinweis, "
        "consigne, consignes, aide, indications, ayuda, orientacion, instrucciones, guida, "
        "toelichting bij de vraag"
    ),
    "section": _words(
        "section, sections, category, categories, domain, control domain, area, main area, sub area, "
        "topic, theme, group, function, chapter, family, control family, subject, pillar, module, "
        "ccm domain title, design area, sub category, kategorie, bereich, thema, kapitel, abschnitt, "
        "gruppe, domaine, categorie, rubrique, chapitre, categoria, dominio, seccion, capitulo, tema, "
        "sezione, ambito, hoofdstuk, business function, security practice"
    ),
    "other": _words(
        "weight, weighting, priority, severity, mandatory, must should, must have, moscow, owner, "
        "responsible, date, due date, version, revision, qty, quantity, unit, price, unit price, total, "
        "amount, since, level, score, points, rating, training, graph query, max score, gewichtung, "
        "gewicht, prioritat, muss soll, muss kann, menge, einheit, preis, einzelpreis, gesamtpreis, ep, "
        "gp, punkte, note max, poids, ponderation, priorite, prix, quantite, peso, prioridad, precio, "
        "cantidad, removed, reason, source, applicability, type, risk, risk level"
    ),
}
"""Whole titles, by role."""

STEMS: Mapping[str, Mapping[str, float]] = {
    "question": _weights(
        "question 0.85, requirement 0.85, criteri 0.75, control 0.5, subcategor 0.75, frage 0.8, "
        "anforderung 0.85, kriteri 0.8, exigence 0.85, critere 0.8, pregunta 0.85, requisit 0.85, "
        "domand 0.85, describe 0.7, specification 0.45, description 0.5, beschreibung 0.5, leistung 0.5, "
        "descripcion 0.5, designation 0.45, practice 0.55, activity 0.55, statement 0.5, measure 0.5, "
        "massnahme 0.6, item 0.45, feature 0.7, function 0.5, functionality 0.7, parameter 0.55, "
        "subsection 0.45, task 0.45, verification 0.5, checklist 0.7"
    ),
    "answer": _weights(
        "answer 0.9, response 0.88, reply 0.8, antwort 0.9, reponse 0.9, respuesta 0.9, rispost 0.9, "
        "complian 0.85, comply 0.85, complies 0.85, conform 0.8, erfullt 0.85, erfullung 0.85, "
        "umgesetzt 0.8, cumpl 0.85, status 0.7, implemented 0.75, place 0.55, tested 0.6, current 0.55, "
        "maturity 0.6, reifegrad 0.65, result 0.5, supported 0.6, valid 0.7, verified 0.6, available 0.55, "
        "offered 0.6, bieter 0.5, bidder 0.5, supplier 0.45, yes 0.6, ja 0.6, oui 0.6, si 0.5, "
        "rating 0.45, score 0.4"
    ),
    "comment": _weights(
        "comment 0.9, remark 0.9, note 0.75, notes 0.8, explan 0.85, explain 0.7, information 0.5, "
        "bemerkung 0.9, kommentar 0.9, anmerkung 0.9, erlauterung 0.9, begrundung 0.85, commentaire 0.9, "
        "remarque 0.9, observa 0.9, comentario 0.9, detail 0.55, justif 0.8, rationale 0.6, narrative 0.8, "
        "deviation 0.7, implementation 0.55"
    ),
    "evidence": _weights(
        "evidence 0.9, nachweis 0.9, preuve 0.9, evidencia 0.9, attach 0.85, proof 0.8, artifact 0.8, "
        "artefact 0.8, document 0.6, dokument 0.6, link 0.55, url 0.6, reference 0.45, referenz 0.45, "
        "jointe 0.85"
    ),
    "guidance": _weights(
        "guid 0.9, hint 0.85, hinweis 0.9, instruct 0.8, help 0.8, example 0.7, beispiel 0.7, "
        "consigne 0.85, ayuda 0.8, info 0.45, expect 0.6, specification 0.55"
    ),
    "section": _weights(
        "section 0.7, categor 0.75, kategorie 0.75, domain 0.8, area 0.75, bereich 0.75, topic 0.7, "
        "thema 0.7, theme 0.7, chapter 0.7, kapitel 0.7, group 0.6, function 0.45"
    ),
    "other": _weights(
        "reviewer 1, evaluator 1, evaluation 0.6, assessor 1, analyst 1, internal 0.8, bewert 0.8, "
        "prufer 0.8, weight 0.9, gewicht 0.9, poids 0.9, priorit 0.9, severity 0.9, price 0.9, preis 0.9, "
        "cost 0.7, level 0.6, target 0.75, previous 0.7, iso 0.7, nist 0.8, hipaa 0.8, pci 0.8, cis 0.8, "
        "crosswalk 0.8, mapping 0.7, ownership 0.7, preferred 0.8, override 0.8, score 0.6, original 0.6, "
        "removed 0.9, muss 0.7, moscow 0.9, mandatory 0.8, cwe 0.8, cvss 0.8, owasp 0.7"
    ),
}
"""Beginnings of words in titles, by role, with how far they name it, 0-1."""

ID_WORDS = _words("id, no, nr, num, number, nummer, numero, #, code, codigo, guid, ref, n°, nº")

SHORT_ANSWERS = _words(
    "yes, no, na, n a, n/a, none, partial, partially, partly, y, n, true, false, not applicable, "
    "compliant, fully compliant, partially compliant, not compliant, non compliant, noncompliant, "
    "complies, comply, c, pc, nc, full, fully, met, not met, partially met, implemented, "
    "not implemented, partially implemented, planned, in progress, open, fulfilled, not required, "
    "done, not done, pass, fail, passed, failed, supported, not supported, agree, disagree, accepted, "
    "rejected, standard, custom, roadmap, unknown, not verified, see note, see notes, not tested, "
    "not in place, in place, ja, nein, teilweise, entfallt, nicht zutreffend, erfullt, nicht erfullt, "
    "teilweise erfullt, umgesetzt, nicht umgesetzt, oui, non, partiel, partiellement, sans objet, "
    "non applicable, so, si, parcial, parcialmente, no aplica, cumple, no cumple, in parte, "
    "non applicabile, gedeeltelijk, nee, nvt, sim, nao"
)
OPTION_TITLES = SHORT_ANSWERS | _words(
    "not available, available, out of the box, configuration, customisation, customization, "
    "third party, 0, 1, 2, 3, 4, 5"
)
MARKS = _words("x, X, X., (x), [x], xx, XX, v, V, ✓, ✔, ✗, ✘, ☑, ☒, √, ü, •, ●, ■, 1, TRUE, True, true, WAHR, VRAI")
NO_MARKS = _words("0, -, –, —, ☐, □, ○, [ ], ( ), FALSE, False, false, FALSCH, FAUX")

TIMES = _words(
    "current, target, previous, baseline, as is, to be, ist, soll, actual, future, past, today, phase, "
    "year, last, initial, final, before, after, aktuell, ziel, actuel, cible, state, projection"
)
TOTALS = _words(
    "total, totals, sub total, subtotal, sum, overall score, overall, score, summe, gesamt, "
    "gesamtsumme, zwischensumme, total general, grand total, average, mittelwert, somme, suma, totale"
)
CHANGE_WORDS = _words(
    "deprecated, merged, moved, updated, deleted, added, removed, changed, new, renamed, split, superseded, unchanged"
)
VERSION_TITLES = _words(
    "version, revision, rev, release, release date, change date, changed by, author, version no, "
    "version number, stand, anderung, anderungen, description of change, change, changes"
)
VENDOR_WORDS = _words(
    "vendor, vendors, supplier, bidder, csp, provider, your, company, contractor, tenderer, offeror, "
    "anbieter, bieter, lieferant, fournisseur, soumissionnaire, proveedor, licitador, manufacturer, "
    "hersteller, the, of, s, der, des, du"
)
