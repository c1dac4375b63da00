"""Tables and states as the compiled code sees them; see ``kernels.structs``."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.experimental import structref
from numba.extending import overload

from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.kernels.structs import Struct
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables


@structref.register
class TablesType(Struct):
    pass


@structref.register
class StateType(Struct):
    pass


class TablesCore(structref.StructRefProxy):
    """``Tables`` for kernels."""


class StateCore(structref.StructRefProxy):
    """``State`` for kernels."""


structref.define_constructor(TablesCore, TablesType, list(Tables._fields))
structref.define_boxing(TablesType, TablesCore)
structref.define_constructor(StateCore, StateType, list(State._fields))
structref.define_boxing(StateType, StateCore)


@kernel
def _tables_core(t: tuple[Any, ...]) -> Any:
    return TablesCore(*t)


@kernel
def _state_core(t: tuple[Any, ...]) -> Any:
    return StateCore(*t)


@kernel
def _copy(a: np.ndarray, b: np.ndarray) -> None:
    """Copy array ``a`` into array ``b`` of the same shape."""
    source, target = a.ravel(), b.ravel()
    for i in range(source.size):
        target[i] = source[i]


def _copy_into(a: State, b: State) -> None:
    """Compiled only: copy every array of state ``a`` into state ``b``."""


@overload(_copy_into)
def _copy_fields(a, b):  # type: ignore[no-untyped-def]  # Numba compares the signature with that of what is made
    lines = [f"    copy(a.{name}, b.{name})" for name in State._fields]  # so that a copy is compiled once per type
    scope: dict[str, Any] = {"copy": _copy}
    exec("def copy_all(a, b):\n" + "\n".join(lines), scope)
    return scope["copy_all"]


@kernel
def copy_into(a: State, b: State) -> None:
    """Copy every array of state ``a`` into state ``b``."""
    _copy_into(a, b)


def _plain(value: Any) -> Any:
    """Arrays in one memory layout, so that every case meets the same compiled code."""
    return np.require(value, requirements=["C", "W"]) if isinstance(value, np.ndarray) else value


def tables_core(tb: Tables) -> Any:
    """The structure of ``tb``."""
    return _tables_core(tuple(_plain(v) for v in tb))


def state_core(st: State) -> Any:
    """The structure that shares the arrays of ``st``."""
    return _state_core(tuple(st))
