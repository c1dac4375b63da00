"""Sheets about the region: countries, capabilities, levels, sites, travel, demand, money, what may go wrong.

In one file, for it is one table of data: their columns refer to each other.
"""

from __future__ import annotations

from optimizer.domain.places import ECHELONS
from optimizer.workbook.schema.kinds import Column, Sheet

CLOSES = ("places", "range", "all")
RULES = ("must", "forbid", "prefer")
LOCK_SHEETS = {  # what a lock may be about, and the sheet that lists its subjects
    "unit": "Units",
    "element": "Elements",
    "set": "Sets",
    "exercise": "Exercises",
    "participant": "Elements",
    "upgrade": "Upgrades",
}

COUNTRIES = Sheet(
    "Countries",
    "a demand area",
    (
        Column("Country", "id", "Short name of the country.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Weight", "price", "How much its coverage counts.", "weight", default="1", low=0, usual=100),
        Column(
            "Presence floor",
            "int",
            "People who should be there every week.",
            "floor",
            "people",
            default="0",
            low=0,
            usual=50_000,
        ),
        Column(
            "People cap",
            "int",
            "Most people past RSOI (reception, staging, onward movement and integration: the first weeks).",
            "cap",
            "people",
            blank="no cap",
            low=0,
        ),
        Column(
            "Hand-over cap",
            "int",
            "Most people of all, those in RSOI and in exercises included.",
            "handover_cap",
            "people",
            blank="no cap",
            low=0,
        ),
        Column(
            "Brigade cap",
            "decimal",
            "Most brigade-equivalents while the Founding Act switch is on.",
            "brigade_cap",
            "brigades",
            blank="no cap",
            low=0,
        ),
    ),
    key=("Country",),
    example="EE | Estonia | 1 | 100 | 2000 | 3000 | 1",
    required=True,
)

CAPABILITIES = Sheet(
    "Capabilities",
    "a capability",
    (
        Column("Capability", "id", "Short name.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Weight", "price", "How much its coverage counts.", "weight", default="1", low=0),
    ),
    key=("Capability",),
    example="armor | Armor | 1",
    required=True,
)

LEVELS = Sheet(
    "Levels",
    "a level of demand, lowest first",
    (
        Column("Level", "id", "Short name.", "id", required=True),
        Column(
            "Value", "price", "What a covered point of this level counts; never rises.", "value", required=True, low=0
        ),
    ),
    key=("Level",),
    example="assure | 1",
    required=True,
)

SITES = Sheet(
    "Sites",
    "a place where people, sets and exercises may be",
    (
        Column("Site", "id", "Short name.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Country", "ref", "The demand area it lies in.", "country", refs=("Countries",), blank="outside"),
        Column("Places", "int", "Beds for people past RSOI.", "places", "people", default="0", low=0, usual=50_000),
        Column(
            "Hand-over places",
            "int",
            "Beds for all people, RSOI and exercises included.",
            "handover_places",
            "people",
            blank="as Places",
            low=0,
        ),
        Column("Slots", "decimal", "Room for stored sets.", "slots", "slots", default="0", low=0, usual=50),
        Column(
            "Range", "choice", "Largest echelon its range supports.", "range_echelon", default="none", choices=ECHELONS
        ),
        Column(
            "Exercises at once", "int", "Most exercises on the range at once.", "exercises_at_once", default="1", low=0
        ),
        Column("Latitude", "price", "For the map.", "lat", "degrees", low=-90, high=90),
        Column("Longitude", "price", "For the map.", "lon", "degrees", low=-180, high=180),
    ),
    key=("Site",),
    example="EE_TAPA | Tapa | EE | 600 | 900 | 2 | battalion | 1 | 59.26 | 25.96",
    required=True,
)

CLOSURES = Sheet(
    "Closures",
    "a time in which a site, or all sites of a country, lose places or range",
    (
        Column("Place", "ref", "A site or a country.", "place", required=True, refs=("Sites", "Countries")),
        Column("From", "date", "First day.", "start", blank="the plan's start", week="first-touched"),
        Column("To", "date", "Last day.", "end", blank="the plan's end", week="last-touched"),
        Column("Closes", "choice", "What is closed.", "closes", default="all", choices=CLOSES),
        Column("Left", "int", "People who may remain at each site.", "left", "people", default="0", low=0),
    ),
    key=("Place", "From", "To", "Closes"),
    example="EE_TAPA | 2017-12-18 | 2017-12-31 | range | 0",
)

UPGRADES = Sheet(
    "Upgrades",
    "a paid improvement of a site",
    (
        Column("Upgrade", "id", "Short name.", "id", required=True),
        Column("Site", "ref", "Where.", "site", required=True, refs=("Sites",)),
        Column("Cost", "money", "Paid when building starts.", "cost", "money", required=True, low=0),
        Column("Weeks", "int", "Building time.", "weeks", "weeks", required=True, low=0, usual=260),
        Column("Earliest start", "date", "Building may start.", "earliest", blank="the plan's start", week="start"),
        Column("Latest start", "date", "Building may start until.", "latest", blank="the last week", week="start"),
        Column("Places", "int", "Places gained.", "places", "people", default="0", low=0),
        Column(
            "Hand-over places", "int", "Hand-over places gained.", "handover_places", "people", blank="as Places", low=0
        ),
        Column("Slots", "decimal", "Slots gained.", "slots", "slots", default="0", low=0),
        Column(
            "Range",
            "choice",
            "Echelon its range supports then; none = unchanged.",
            "range_echelon",
            default="none",
            choices=ECHELONS,
        ),
        Column("Exercises at once", "int", "More exercises at once.", "exercises_at_once", default="0", low=0),
    ),
    key=("Upgrade",),
    example="TAPA_BEDS | EE_TAPA | 2.5 | 12 | 2017-10-02 | 2018-06-04 | 300 | 300 | 0 | none | 0",
)

TRAVEL = Sheet(
    "Travel",
    "a two-way leg between sites or waypoints",
    (
        Column("From", "id", "A site, or any waypoint such as a port.", "a", required=True, offers=("Sites",)),
        Column("To", "id", "A site, or any waypoint such as a port.", "b", required=True, offers=("Sites",)),
        Column(
            "Days wheeled", "decimal", "Days for wheeled units.", "days_wheeled", "days", required=True, low=0, usual=90
        ),
        Column(
            "Days heavy", "decimal", "Days for heavy units.", "days_heavy", "days", blank="as wheeled", low=0, usual=90
        ),
        Column("Routes", "ids", "Names of the routes it uses, which scenarios may close.", "routes"),
    ),
    key=("From", "To", "Routes"),
    example="EE_TAPA | LV_ADAZI | 1.5 | 2.5 | road; baltic",
    help="Two legs may join the same places by different routes.",
)

REACH = Sheet(
    "Reach",
    "an explicit credit of a site for a country, in place of the one from travel days",
    (
        Column("Site", "ref", "Where the points are.", "site", required=True, refs=("Sites",)),
        Column("Country", "ref", "For whom they count.", "country", required=True, refs=("Countries",)),
        Column("Credit", "decimal", "What a point counts.", "credit", "0 to 1", required=True, low=0, high=1),
    ),
    key=("Site", "Country"),
    example="EE_TAPA | EE | 1",
)

DEMAND = Sheet(
    "Demand",
    "what a country wants of a capability for some time",
    (
        Column("Country", "ref", "Who wants it.", "country", required=True, refs=("Countries",)),
        Column("Capability", "ref", "Of what.", "capability", required=True, refs=("Capabilities",)),
        Column("From", "date", "First day.", "start", blank="the plan's start", week="first-touched"),
        Column("To", "date", "Last day.", "end", blank="the plan's end", week="last-touched"),
        Column(
            "Points {}",
            "decimal",
            "Points wanted up to and including this level; never less than at the level below.",
            unit="points",
            blank="no demand at this level",
            low=0,
            usual=1_000,
            family="Levels",
        ),
    ),
    key=("Country", "Capability", "From", "To"),
    example="EE | armor | 2017-10-02 | 2018-09-30 | 2.5",
    required=True,
    help="Where rows overlap the largest points hold, so a surge is one more row.",
)

BUDGET = Sheet(
    "Budget",
    "the money of one line in one fiscal year",
    (
        Column("Fiscal year", "int", "Named after the year in which it ends.", "year", required=True, low=1900),
        Column(
            "Line", "id", "Budget line, one of those named in Settings.", "line", required=True, offers=("Settings",)
        ),
        Column("Amount", "money", "Money of the whole year.", "amount", "money", required=True, low=0),
        *(
            Column(f"Q{q} ceiling", "money", f"Most spent in quarter {q}.", f"q{q}", "money", blank="no ceiling", low=0)
            for q in range(1, 5)
        ),
        Column(
            "Last year",
            "money",
            "Last year's money, the rate of a continuing resolution.",
            "last_year",
            "money",
            blank="no limit",
            low=0,
        ),
    ),
    key=("Fiscal year", "Line"),
    example="2018 | presence | 100 | 40 | | | | 80",
    help="Without any row money is not limited by line. With one, every line named in Settings that anything is paid "
    "from needs a row for every fiscal year of the plan.",
)

SCENARIOS = Sheet(
    "Scenarios",
    "what goes wrong",
    (
        Column("Scenario", "id", "Short name.", "id", required=True),
        Column("Name", "text", "What happens.", "name", blank="the id"),
        Column(
            "Probability",
            "decimal",
            "How likely it is; counts when Settings weighs scenarios.",
            "weight",
            "0 to 1",
            default="0",
            low=0,
            high=1,
        ),
        Column("Closed routes", "ids", "Routes of Travel that are closed.", "closed_routes"),
        Column("Lost sets", "refs", "Sets that are lost.", "lost_sets", refs=("Sets",)),
        Column("Late units", "refs", "Units that are late.", "late_units", refs=("Units",)),
        Column("Late weeks", "int", "How late they are.", "late_weeks", "weeks", default="0", low=0, usual=52),
        Column(
            "Budget factor",
            "decimal",
            "Money left of each line.",
            "budget_factor",
            "share",
            default="1",
            low=0,
            usual=2,
        ),
        Column(
            "Continuing resolution weeks",
            "int",
            "Weeks from the start under a continuing resolution.",
            "cr_weeks",
            "weeks",
            default="0",
            low=0,
        ),
        Column(
            "Continuing resolution rate",
            "decimal",
            "Share of last year's rate that may be spent then.",
            "cr_rate",
            "share",
            default="1",
            low=0,
            usual=2,
        ),
    ),
    key=("Scenario",),
    example="ROAD_CLOSED | the road is closed | 0.1 | road | APS_TAPA | A-1-68AR | 4 | 0.9 | 0 | 1",
)

LOCKS = Sheet(
    "Locks",
    "something the planner demands, forbids or prefers",
    (
        Column("Lock", "id", "Short name.", "id", required=True),
        Column("Rule", "choice", "must, forbid or prefer.", "rule", required=True, choices=RULES),
        Column("Kind", "choice", "What the line is about.", "kind", required=True, choices=tuple(LOCK_SHEETS)),
        Column(
            "Subject",
            "id",
            "Its id: of a unit, element, set, exercise or upgrade.",
            "subject",
            required=True,
            offers=tuple(LOCK_SHEETS.values()),
        ),
        Column("Place", "ref", "A site or a country.", "place", refs=("Sites", "Countries"), blank="anywhere"),
        Column("Exercise", "ref", "For kind participant.", "exercise", refs=("Exercises",)),
        Column("From", "date", "First day.", "start", blank="the plan's start", week="first-touched"),
        Column("To", "date", "Last day.", "end", blank="the plan's end", week="last-touched"),
        Column(
            "Price",
            "price",
            "For prefer: score of each week (once for events) in which it holds.",
            "price",
            "score",
            default="0",
        ),
    ),
    key=("Lock",),
    example="L1 | prefer | unit | A-1-68AR | EE | | 2018-01-01 | 2018-03-04 | 0.5",
)
