"""Units of a TANK company and a battery, at first without stagger."""

from tests.build import case, plan, rot, tweak
from tests.rules.cases.trial import Trial

BOTH = case(units={"U1": "TANK ART", "U2": "TANK"}, sets={"S1": {}})
MAYBE = case(units={"U1": "TANK ART?"})
LOOSE = tweak(BOTH, "unit_types", "BDE", stagger=1)


def u1(*postings: str):
    return plan(rot("U1", 2, 8, *postings))


CASES = (
    Trial("together", "both go", BOTH, u1("U1a POZ sea", "U1b RUK air")),
    Trial("together", "the battery is left behind", BOTH, u1("U1a POZ sea"), ((2, ("U1", "U1b"), 1),)),
    Trial("together", "an optional battery stays", MAYBE, u1("U1a POZ sea")),
    Trial("together", "an optional battery goes", MAYBE, u1("U1a POZ sea", "U1b RUK air")),
    Trial("together", "only the optional goes", MAYBE, u1("U1b RUK air"), ((2, ("U1", "U1a"), 1),)),
    Trial("together", "inside the stagger", LOOSE, u1("U1a POZ sea 3 7", "U1b RUK air")),
    Trial("together", "one opens, the other closes", LOOSE, u1("U1a POZ sea 2 7", "U1b RUK air 3 8")),
    Trial("together", "late without stagger", BOTH, u1("U1a POZ sea", "U1b RUK air 3 8"), ((2, ("U1", "U1b"), 1),)),
    # two weeks late where one is allowed
    Trial("together", "late beyond stagger", LOOSE, u1("U1a POZ sea", "U1b RUK air 4 8"), ((2, ("U1", "U1b"), 1),)),
    Trial("together", "gone too soon", LOOSE, u1("U1a POZ sea 2 5", "U1b RUK air"), ((2, ("U1", "U1a"), 2),)),
    Trial("together", "nobody opens", LOOSE, u1("U1a POZ sea 3 8", "U1b RUK air 3 8"), ((2, ("U1",), 1),)),
    Trial("together", "nobody closes", LOOSE, u1("U1a POZ sea 2 7", "U1b RUK air 2 7"), ((2, ("U1",), 1),)),
    Trial("together", "nobody at all", BOTH, u1(), ((2, ("U1",), 1),), considered=False),
    Trial(
        "together",
        "posted twice",
        BOTH,
        u1("U1a POZ sea", "U1a DRA sea", "U1b RUK air"),
        ((2, ("U1", "U1a"), 1),),
        considered=False,
    ),
    Trial(
        "together",
        "somebody else's company",
        BOTH,
        u1("U1a POZ sea", "U1b RUK air", "U2a POZ sea"),
        ((2, ("U1", "U2a"), 1),),
        considered=False,
    ),
    Trial(
        "together",
        "a set by sea, and none by set",
        BOTH,
        u1("U1a POZ sea:S1", "U1b RUK set"),
        ((2, ("U1", "U1a"), 1), (2, ("U1", "U1b"), 1)),
        considered=False,
    ),
    # with two weeks of stagger each element may be inside it and yet have no week: [4, 4) in [2, 6)
    Trial(
        "together",
        "there for no week",
        tweak(BOTH, "unit_types", "BDE", stagger=2),
        plan(rot("U1", 2, 6, "U1a POZ sea 4 4", "U1b RUK air")),
        ((2, ("U1", "U1a"), 1),),
        considered=False,
    ),
)
