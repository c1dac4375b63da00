"""The looks of every sheet: one dark band, one accent, pale yellow where planners may type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from optimizer.report.colours import ACCENT, BAND, FULL, INK, PAPER, PLANNER, QUIET, RULE, SHADE

FONT = "Arial"  # present, or metrically matched, wherever workbooks are opened
BAR = "#A9C3DA"  # data bars: light enough to read a figure on
TABS = {"answer": BAND, "plan": "#E0C24A", "input": "#B9C2CC"}
NUMERIC = frozenset(
    (
        *("int", "count", "number", "money", "moved", "moved_whole", "left_over", "cost", "exact"),
        *("tenth", "score", "percent", "percent_whole"),
    )
)

STYLES: Mapping[str, Mapping[str, Any]] = {
    "base": {"font_name": FONT, "font_size": 9, "font_color": INK, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 14, "font_color": PAPER, "bg_color": BAND},
    "subtitle": {"font_size": 9, "font_color": "#C9D3E0", "bg_color": BAND},
    "header": {
        "bold": True,
        "font_color": PAPER,
        "bg_color": BAND,
        "text_wrap": True,
        "border": 1,
        "border_color": RULE,
    },
    "derived_header": {
        "bold": True,
        "font_color": PAPER,
        "bg_color": "#5A6675",
        "text_wrap": True,
        "border": 1,
        "border_color": RULE,
    },
    "own_header": {
        "bold": True,
        "font_color": INK,
        "bg_color": RULE,
        "text_wrap": True,
        "border": 1,
        "border_color": RULE,
    },
    "section": {"bold": True, "font_size": 11, "bottom": 2, "bottom_color": BAND},
    "group": {"bold": True, "bg_color": SHADE},
    "cell": {"bottom": 1, "bottom_color": RULE},
    "open": {},
    "planner": {"bg_color": PLANNER, "border": 1, "border_color": "#E4DCA8"},
    "derived": {"font_color": QUIET, "bg_color": SHADE, "bottom": 1, "bottom_color": RULE},
    "breach": {"bold": True, "font_color": ACCENT, "bottom": 1, "bottom_color": RULE},
    "total": {"bold": True, "top": 1, "top_color": BAND, "bottom": 1, "bottom_color": BAND},
    "note": {"italic": True, "font_color": QUIET},
    "wrap": {"text_wrap": True, "valign": "top"},
    "middle": {"valign": "vcenter"},
    "link": {"font_color": FULL, "underline": 1},
    "good": {"bold": True, "font_color": "#2E6B3A"},
    "bad": {"bold": True, "font_color": ACCENT},
    "big": {"bold": True, "font_size": 16},
    "strong": {"bold": True},
    "label": {"font_color": QUIET},
    "left": {"align": "left"},
    "apart": {"align": "left", "indent": 1},
    "right": {"align": "right"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "int": {"num_format": "#,##0_);-#,##0_)"},
    "count": {"num_format": "#,##0_);-#,##0_);;@"},  # zeros hidden
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.0##_);-#,##0.0##_);0_)"},
    "score": {"num_format": "#,##0.00_);-#,##0.00_)"},
    "money": {"num_format": '#,##0.0_);-#,##0.0_);"–"_)'},
    "moved": {"num_format": '+#,##0.0_);-#,##0.0_);"–"_)'},
    "moved_whole": {"num_format": '+#,##0_);-#,##0_);"–"_)'},
    "share": {"num_format": "0%"},
    "day": {"num_format": "dd mmm yy", "align": "right"},
    "left_over": {"num_format": "#,##0.0_);-#,##0.0_)"},
    "cost": {"num_format": '#,##0.00_);-#,##0.00_);"–"_)'},
    "exact": {"num_format": "#,##0.0000_);-#,##0.0000_)"},
    "plain": {"num_format": "0", "align": "left"},
    "month_name": {"num_format": "mmm yyyy", "align": "left"},
    "tenth": {"num_format": "0.0_)"},
    "percent_fine": {"num_format": "0.00%"},
    "percent_whole": {"num_format": "0%_)"},
    "percent": {"num_format": "0.0%_)"},
    "week": {"font_size": 7, "align": "center", "num_format": "d", "bold": True, "font_color": PAPER, "bg_color": BAND},
    "month": {
        "font_size": 8,
        "align": "left",
        "bold": True,
        "font_color": PAPER,
        "bg_color": BAND,
        "left": 1,
        "left_color": "#6B7785",
    },
    "grid": {"font_size": 7, "align": "left", "left": 4, "left_color": RULE},
}


class Styles:
    """Named styles of one workbook, combined left to right and made once each."""

    def __init__(self, book: xlsxwriter.Workbook):
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._asked: dict[Any, Format] = {}  # the same by how it was asked for, which is quicker to compare

    def __call__(self, *names: str, **more: Any) -> Format:
        """The format of ``names`` (keys of ``STYLES``) on top of the base, with ``more`` properties."""
        asked = (names, tuple(more.items()))
        if asked in self._asked:
            return self._asked[asked]
        props: dict[str, Any] = dict(STYLES["base"])
        for name in names:
            props |= STYLES[name]
        props |= more
        key = tuple(sorted(props.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(props)
        self._asked[asked] = self._made[key]
        return self._made[key]

    def bare(self, **props: Any) -> Format:
        """A format of ``props`` alone, for conditional formatting."""
        key = (("bare", True), *sorted(props.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(props)
        return self._made[key]
