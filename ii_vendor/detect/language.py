"""Which language an answer is written in, told by its function words; only English is analysed."""

from __future__ import annotations

import re

_FEWEST_WORDS = 6
_FUNCTION_WORDS = {
    "English": "the and of to is are in for with not our by it that no without be this from as on you your we at or",
    "German": "der die das und ist nicht mit für von wir unsere ohne auf ein eine den dem sind werden bei zu im wird",
    "French": "le la les des et est pas avec pour nous notre sans sur un une du dans sont que qui vos aux en",
    "Spanish": "el los las y es no con para nosotros nuestra sin sobre un una del en son que por su se al",
    "Italian": "il lo gli e è non con per noi nostra senza un una del della nel sono che di si alla dei",
    "Dutch": "de het en is niet met voor van wij onze zonder op een zijn wordt bij te dat ook worden",
    "Portuguese": "o os as e é não com para nós nossa sem um uma do da em são que por seu ao dos",
    "Polish": "i w z na nie jest do się że nasza bez dla są przez od po oraz jak",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _name, _words in _FUNCTION_WORDS.items():
    for _each in _words.split():
        _LANGUAGES_OF.setdefault(_each, []).append(_name)
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT_SHARE = 0.5


def language_note(text: str) -> str | None:
    """None where ``text`` can be analysed as English, else a note such as ``not analysed: German``.

    Texts of fewer than six words are taken as English: there is too little to tell.
    """
    words = _WORD.findall(text.lower())
    if _mostly_other_script(text):
        return "not analysed: not in Latin letters"
    if len(words) < _FEWEST_WORDS:
        return None
    counts = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word in words:
        for name in _LANGUAGES_OF.get(word, ()):
            counts[name] += 1
    best = max(counts, key=lambda name: counts[name])
    return f"not analysed: {best}" if counts[best] > 2 * counts["English"] + 1 else None


def _mostly_other_script(text: str) -> bool:
    if len(text) - len(text.encode("ascii", "ignore")) < len(text) / 4:
        return False
    letters = [character for character in text if character.isalpha()]
    foreign = sum(character > "\u024f" and not "\uff21" <= character <= "\uff5a" for character in letters)
    return bool(letters) and foreign / len(letters) > _OTHER_SCRIPT_SHARE
