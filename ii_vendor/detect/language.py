"""Which language an answer is written in, told by its function words; only English is analysed."""

from __future__ import annotations

import re

from ii_vendor.detect.text import read

_FEWEST_WORDS = 6
_FUNCTION_WORDS = {
    "English": "the and of to is are in for with not our it by that no without be this from as on you your we at or",
    "German": "der die das und ist nicht mit für von wir unsere ohne auf ein eine den dem sind werden bei zu im wird",
    "French": "le la les des et est pas avec pour nous notre sans sur un une du dans sont que qui vos aux en",
    "Spanish": "el los las y es no con para nosotros nuestra sin sobre un una del en son que por su se al",
    "Italian": "il lo gli e è non con per noi nostra senza un una del della nel sono che di si alla dei",
    "Dutch": "de het en is niet met voor van wij onze zonder op een zijn wordt bij te dat ook worden",
    "Portuguese": "o os as e é não com para nós nossa sem um uma do da em são que por seu ao dos",
    "Polish": "i w z na nie jest do się że nasza bez dla są przez od po oraz jak",
    "Swedish": "och att det som är inte för med på av vi vår utan den ett till kan om från ni",
    "Danish or Norwegian": "og at det som er ikke for med på af av vi vores uten uden den et til kan om fra",
    "Finnish": "ja on ei että se me meidän ilman tai voi ovat kun myös vain kaikki niin jos",
    "Czech": "a je se na v že to není s pro bez nebo jsou do od po jako náš naše při",
    "Turkish": "ve bir bu için ile değil bizim olarak de da olan her veya çok gibi ise",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _name, _words in _FUNCTION_WORDS.items():
    for _each in _words.split():
        _LANGUAGES_OF.setdefault(_each, []).append(_name)
_WORD = re.compile(r"[^\W\d_]+")
_STANDARD = re.compile(r"\ben(?=[\s/-]*(?:iso|iec|\d))")
"""The ``EN`` of a standard's name, which is a word in some languages."""

_SENTENCE = re.compile(r"[^.!?\n]+")
_SURE = 3
"""So many different function words tell the language of a single sentence: one may be a name or an abbreviation."""

_OTHER_SCRIPT_SHARE = 0.5


def language_note(text: str) -> str | None:
    """None where ``text`` can be analysed as English, else a note such as ``not analysed: German``.

    Texts of fewer than six words are taken as English: there is too little to tell.
    """
    if _mostly_other_script(text):
        return "not analysed: not in Latin letters"
    language = _language(text if text.isascii() else read(text).plain)
    return None if language is None else f"not analysed: {language}"


def partly_note(text: str) -> str | None:
    """For a text that is analysed: a note such as ``partly not analysed: German`` where sentences are in another
    language; None where there are none."""
    plain = text if text.isascii() else read(text).plain
    found = dict.fromkeys(language for each in _SENTENCE.findall(plain) if (language := _language(each, _SURE)))
    return f"partly not analysed: {', '.join(found)}" if found else None


def _language(plain: str, fewest: int = 1) -> str | None:
    """The language other than English that the text is in, told by ``fewest`` different words or more; None for
    English, and where it cannot be told."""
    words = _WORD.findall(_STANDARD.sub("", plain.lower()))
    if len(words) < _FEWEST_WORDS:
        return None
    counts = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word in words:
        for name in _LANGUAGES_OF.get(word, ()):
            counts[name] += 1
    best = max(counts, key=lambda name: counts[name])
    different = sum(best in _LANGUAGES_OF.get(word, ()) for word in set(words))
    return best if counts[best] > 2 * counts["English"] + 1 and different >= fewest else None


def _mostly_other_script(text: str) -> bool:
    if len(text) - len(text.encode("ascii", "ignore")) < len(text) / 4:
        return False
    letters = [character for character in text if character.isalpha()]
    foreign = sum(character > "\u024f" and not "\uff21" <= character <= "\uff5a" for character in letters)
    return bool(letters) and foreign / len(letters) > _OTHER_SCRIPT_SHARE
