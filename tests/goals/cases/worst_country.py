"""Two points a percentage point; four weeks of the demand of the coverage examples.

Full demand is worth (3 + 1) × (1 + 0.5) = 6 a week in Poland and twice that in Lithuania: 24 and 48.
"""

from dataclasses import replace

from optimizer.domain import Demand
from tests.build import case, plan, rot, setting
from tests.goals.cases.example import Example

ONE = setting(case(4, units={"U1": "TANK ART"}), worst_country_price=2.0)
POLAND_ONLY = replace(ONE, demands=tuple(d for d in ONE.demands if d.country == "PL"))
UNWEIGHED = replace(ONE, countries=tuple(replace(c, weight=c.weight * (c.id == "PL")) for c in ONE.countries))
TANKS = plan(rot("U1", 0, 4, "U1a POZ sea"))

EXAMPLES = (
    # ready for two weeks: Poland 6 of 24, Lithuania 6 of 48
    Example("worst-country", "tanks at Poznan", ONE, TANKS, 25.0),
    # Lithuania as before; fires from RUK, ready for three weeks: 2 × 0.5 × 3 × 3 = 9 more: 15 of 48 = 31.25 %,
    # Poland 6 of 24 and from RUK by road (2.5 days, credit 0.8) 0.5 × 3 × 0.8 × 3 = 3.6 more: 40 %
    Example("worst-country", "fires at Rukla", ONE, plan(rot("U1", 0, 4, "U1a POZ sea", "U1b RUK air")), 62.5),
    Example("worst-country", "nobody", ONE, plan(), 0.0),
    # where nothing is wanted nothing is lacking: Poland's 25 % count
    Example("worst-country", "demand in one country", POLAND_ONLY, TANKS, 50.0),
    # Poland's 25 % count, though Lithuania has less: it is given no weight
    Example("worst-country", "a country of no weight", UNWEIGHED, TANKS, 50.0),
    Example(
        "worst-country",
        "no demand at all",
        replace(ONE, demands=(Demand("PL", "armour", "full", 9, 9, 5),)),
        TANKS,
        0.0,
    ),
    Example("worst-country", "not priced", setting(ONE, worst_country_price=0.0), TANKS, 0.0),
)
