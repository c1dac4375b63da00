"""Tables and states as the compiled code sees them: one pointer each.

Passing a tuple of a hundred arrays to every kernel costs minutes of compilation; a Numba
structure costs none. The structures share memory with the NumPy arrays they are made from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.experimental import structref

from optimizer.engines.columns.jit import kernel
from optimizer.engines.columns.locks import Wishes
from optimizer.engines.columns.state import State
from optimizer.engines.columns.tables import Tables


class _Struct(types.StructRef):
    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class TablesType(_Struct):
    pass


@structref.register
class StateType(_Struct):
    pass


class TablesCore(structref.StructRefProxy):
    """``Tables`` for kernels; the wishes are fields ``wish_…``."""


class StateCore(structref.StructRefProxy):
    """``State`` for kernels."""


TABLE_FIELDS = (*(f for f in Tables._fields if f != "wish"), *(f"wish_{f}" for f in Wishes._fields))
structref.define_constructor(TablesCore, TablesType, list(TABLE_FIELDS))
structref.define_boxing(TablesType, TablesCore)
structref.define_constructor(StateCore, StateType, list(State._fields))
structref.define_boxing(StateType, StateCore)


# Written out because only functions in a file can be cached, and a loop cannot unpack.
@kernel
def _tables_core(t):
    return TablesCore(
        t[0],
        t[1],
        t[2],
        t[3],
        t[4],
        t[5],
        t[6],
        t[7],
        t[8],
        t[9],
        t[10],
        t[11],
        t[12],
        t[13],
        t[14],
        t[15],
        t[16],
        t[17],
        t[18],
        t[19],
        t[20],
        t[21],
        t[22],
        t[23],
        t[24],
        t[25],
        t[26],
        t[27],
        t[28],
        t[29],
        t[30],
        t[31],
        t[32],
        t[33],
        t[34],
        t[35],
        t[36],
        t[37],
        t[38],
        t[39],
        t[40],
        t[41],
        t[42],
        t[43],
        t[44],
        t[45],
        t[46],
        t[47],
        t[48],
        t[49],
        t[50],
        t[51],
        t[52],
        t[53],
        t[54],
        t[55],
        t[56],
        t[57],
        t[58],
        t[59],
        t[60],
        t[61],
        t[62],
        t[63],
        t[64],
        t[65],
        t[66],
        t[67],
        t[68],
        t[69],
        t[70],
        t[71],
        t[72],
        t[73],
        t[74],
        t[75],
        t[76],
        t[77],
        t[78],
        t[79],
        t[80],
        t[81],
        t[82],
        t[83],
        t[84],
        t[85],
        t[86],
        t[87],
        t[88],
        t[89],
        t[90],
        t[91],
        t[92],
        t[93],
        t[94],
        t[95],
        t[96],
        t[97],
        t[98],
        t[99],
        t[100],
        t[101],
        t[102],
        t[103],
        t[104],
        t[105],
        t[106],
        t[107],
        t[108],
        t[109],
        t[110],
        t[111],
        t[112],
        t[113],
    )


@kernel
def _state_core(t):
    return StateCore(
        t[0],
        t[1],
        t[2],
        t[3],
        t[4],
        t[5],
        t[6],
        t[7],
        t[8],
        t[9],
        t[10],
        t[11],
        t[12],
        t[13],
        t[14],
        t[15],
        t[16],
        t[17],
        t[18],
        t[19],
        t[20],
        t[21],
        t[22],
        t[23],
        t[24],
        t[25],
        t[26],
        t[27],
        t[28],
        t[29],
        t[30],
        t[31],
        t[32],
    )


def _plain(value: Any) -> Any:
    """Arrays in one memory layout, so that every case meets the same compiled code."""
    return np.require(value, requirements=["C", "W"]) if isinstance(value, np.ndarray) else value


def tables_core(tb: Tables) -> Any:
    """The structure of ``tb``."""
    values = [getattr(tb, f) for f in Tables._fields if f != "wish"]
    return _tables_core(tuple(_plain(v) for v in [*values, *tb.wish]))


def state_core(st: State) -> Any:
    """The structure that shares the arrays of ``st``."""
    return _state_core(tuple(st))
