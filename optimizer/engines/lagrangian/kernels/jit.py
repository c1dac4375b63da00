"""How kernels are compiled: once per machine and version of their sources, without the GIL.

Numba optimises every function together with all it calls, and makes each callable from Python. Of kernels that
call one another in a dozen storeys that is the same work a dozen times over. So a kernel that is called by others
is only *lowered*; what Python calls is optimised once, with all that is under it, and kept on disk.

Numba's cache notices a change in a kernel's own file but not in the files of kernels it
calls, so each module's cache folder is named after the content of all modules of this
engine that it imports, directly or not.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

import numba
from llvmlite.binding import Linkage, ModuleRef
from numba import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher
from numba.core.sigutils import normalize_signature

PACKAGE = __package__.rpartition(".")[0]  # the engine: only its modules hold compiled code
HERE = Path(__file__).parents[1]
IMPORTS = re.compile(rf"^from ({re.escape(PACKAGE)}[\w.]*) import (\([^)]*\)|[^\n(]+)", re.MULTILINE)
P = ParamSpec("P")
R = TypeVar("R")
OPTIONS = {"nogil": True, "error_model": "numpy"}


def _file(module: str, package: str, folder: Path) -> Path:
    return folder.joinpath(*module.removeprefix(package).strip(".").split(".")).with_suffix(".py")


def _imports(text: str, package: str, folder: Path) -> Iterator[str]:
    """Dotted names of the modules that a module's ``text`` imports from: ``from room import module`` too."""
    for module, names in IMPORTS.findall(text):
        if _file(module, package, folder).exists():
            yield module
        for name in re.findall(r"\w+", names):
            if _file(f"{module}.{name}", package, folder).exists():
                yield f"{module}.{name}"


def needed(module: str, package: str = PACKAGE, folder: Path = HERE) -> frozenset[str]:
    """The modules of ``package`` (in ``folder``) that ``module`` imports, directly or not, and itself."""
    found, open_ = {module}, [module]
    while open_:
        text = _file(open_.pop(), package, folder).read_text(encoding="utf-8")
        fresh = set(_imports(text, package, folder)) - found
        found |= fresh
        open_ += fresh
    return frozenset(found)


def digest(module: str, package: str = PACKAGE, folder: Path = HERE) -> str:
    """Names the state of all the sources that ``module``'s compiled code depends on."""
    total = hashlib.sha256(numba.__version__.encode())
    for name in sorted(needed(module, package, folder)):
        total.update(_file(name, package, folder).read_bytes())
    return total.hexdigest()[:16]


@cache
def _folder(module: str) -> str:
    base = os.environ.get("OPTIMIZER_CACHE") or Path.home() / ".cache" / "deterrence-optimizer"
    folder = Path(base) / f"{module.removeprefix(PACKAGE).strip('.')}-{digest(module)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home, or read-only: compile into a scratch folder
        folder = Path(tempfile.mkdtemp(prefix="deterrence-optimizer-"))
    return str(folder)


class _Lowered(JITCodeLibrary):
    """The code of a kernel that others call: never run by itself, and linked with what it calls where it is used."""

    _shared_module: Any

    def finalize(self) -> None:
        for library in self._linking_libraries:
            self._reload_init.update(library._reload_init)
        self._finalized = True

    def _reached(self, found: dict[Any, None]) -> dict[Any, None]:
        """The libraries of all that is called, directly or not, itself first."""
        found[self] = None
        for library in self._linking_libraries:
            if library not in found:
                library._reached(found) if isinstance(library, _Lowered) else found.setdefault(library)
        return found

    def _get_module_for_linking(self) -> ModuleRef:
        if self._shared_module is None:
            whole = self._final_module.clone()
            others = sorted(self._reached({}), key=lambda library: not isinstance(library, _Lowered))
            for library in others[1:]:  # kernels first: of Numba's own, only what is asked for by then is linked
                lowered = isinstance(library, _Lowered)
                whole.link_in(library._final_module if lowered else library._get_module_for_linking(), preserve=True)
            for function in whole.functions:
                if not function.is_declaration and function.linkage == Linkage.external:
                    function.linkage = "linkonce_odr"  # may come with other callees, too
            self._shared_module = whole
        return self._shared_module


class _Lowering(Compiler):
    """Stops where native code would be made."""

    def __init__(
        self, typingctx: Any, targetctx: Any, library: Any, args: Any, return_type: Any, flags: Any, locals: Any
    ):
        flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
        library = _Lowered(targetctx.codegen(), "kernel")
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)


class _Callee(CPUDispatcher):
    """A kernel as other kernels see it: lowered once for each combination of types; constants make no difference."""

    def get_call_template(self, args: Iterable[Any], kws: dict[str, Any]) -> Any:
        kinds = {name: types.unliteral(kind) for name, kind in kws.items()}
        return super().get_call_template(tuple(types.unliteral(a) for a in args), kinds)

    def add_overload(self, cres: Any) -> None:
        self.overloads[tuple(cres.signature.args)] = cres
        self.targetctx.insert_user_function(cres.library, cres.fndesc, [cres.library])

    def get_overload(self, sig: Any) -> Any:
        return self.overloads[tuple(normalize_signature(sig)[0])].library


class Kernel(Generic[P, R]):
    """A compiled function; Python and other kernels call it alike."""

    def __init__(self, function: Callable[P, R], cached: bool):
        self.entry = numba.njit(cache=cached, no_cfunc_wrapper=True, **OPTIONS)(function)
        self.callee = _Callee(function, targetoptions={"nopython": True, **OPTIONS}, pipeline_class=_Lowering)
        functools.update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.entry(*args)

    @property
    def known(self) -> bool:
        """Whether it has been compiled before, for some arguments, by this program on this machine."""
        kept = Path(_folder(self.entry.py_func.__module__)).rglob(f"*.{self.entry.py_func.__name__}-*.nbi")
        return bool(self.entry.signatures) or any(kept)

    @property
    def _numba_type_(self) -> types.Dispatcher:
        return types.Dispatcher(self.callee)


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Compile ``function`` when it is first called, and keep the result for later runs."""
    inside = function.__module__.startswith(f"{PACKAGE}.")
    if inside:
        numba.config.CACHE_DIR = _folder(function.__module__)
    return Kernel(function, inside)
