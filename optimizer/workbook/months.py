"""Names of months as planners of the region write them, and which month each means."""

from __future__ import annotations

import unicodedata

# a line for each language: twelve months, the forms of one joined by "/"
_FORMS = (
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct "
    "november/nov december/dec",
    "jaanuar/jaan veebruar/veebr märts aprill mai juuni juuli august september/sept oktoober/okt november "
    "detsember/dets",
    "janvāris/janvāra/janvārī februāris/februāra/februārī marts/marta/martā aprīlis/aprīļa/aprīlī maijs/maija/maijā "
    "jūnijs/jūnija/jūnijā jūlijs/jūlija/jūlijā augusts/augusta/augustā septembris/septembra/septembrī "
    "oktobris/oktobra/oktobrī novembris/novembra/novembrī decembris/decembra/decembrī",
    "sausis/sausio vasaris/vasario kovas/kovo balandis/balandžio gegužė/gegužės birželis/birželio liepa/liepos "
    "rugpjūtis/rugpjūčio rugsėjis/rugsėjo spalis/spalio lapkritis/lapkričio gruodis/gruodžio",
    "styczeń/stycznia luty/lutego marzec/marca kwiecień/kwietnia maj/maja czerwiec/czerwca lipiec/lipca "
    "sierpień/sierpnia wrzesień/września październik/października listopad/listopada grudzień/grudnia",
    "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie",
    "януари/яну февруари/фев март/мар април/апр май юни юли август/авг септември/сеп октомври/окт ноември/ное "
    "декември/дек",
)


def _bare(word: str) -> str:
    """A word without case and accents: ``maja`` and ``Września`` as people type them on any keyboard."""
    apart = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(c for c in apart if not unicodedata.combining(c) or c == "\u0306")  # й is not и


MONTHS: dict[str, int] = {
    _bare(form): number
    for language in _FORMS
    for number, forms in enumerate(language.split(), 1)
    for form in forms.split("/")
}


def month(word: str) -> int | None:
    """The number of the month a word names, in whatever language of the list; ``None`` if it names none."""
    return MONTHS.get(_bare(word.rstrip(".")))
