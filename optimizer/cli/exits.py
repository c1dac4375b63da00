"""How every command ends: exit codes, and the sentence or JSON object for each failure."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar

import typer

from optimizer.errors import (
    Busy,
    Disagreement,
    EngineError,
    FaultsFound,
    OptimizerError,
    Unwritable,
    UsageError,
    WorkbookError,
)


class Exit(IntEnum):
    """What the exit code of a command means."""

    DONE = 0  # what was asked for is there: a plan made, a workbook without faults, a plan that holds
    CRASH = 1  # a defect: an unforeseen error, or an engine's plan that failed the independent check
    USAGE = 2  # the call makes no sense
    FAULTS = 3  # the workbook has faults, or cannot be read at all
    INFEASIBLE = 4  # proven: no plan holds all the rules; reasons are given
    STOPPED = 5  # stopped early (time limit or Ctrl-C); the best verified plan is written
    UNVERIFIED = 6  # verify, report: the plan breaks rules, or its workbook claims figures it does not have or prove
    NO_PLAN = 7  # the search ended with neither a plan nor a proof that there is none
    BUSY = 8  # cycle, sign-off: another run is at work on the same years
    INTERRUPTED = 130  # Ctrl-C before there was any plan, or Ctrl-C twice


F = TypeVar("F", bound=Callable[..., Any])


def ends_well(command: F) -> F:
    """Turn what a command raises into a message, a JSON object (with ``json``) and an exit code."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        as_json = bool(kwargs.get("as_json"))
        import optimizer.workflow  # noqa: F401  (a Ctrl-C during its import leaves at once, see ``early``)
        from optimizer.cli import early

        early.begun()
        try:
            code = command(*args, **kwargs)
        except (typer.Exit, typer.Abort):
            raise
        except FaultsFound as error:
            code = _faults(error.faults, as_json)
        except Unwritable as error:
            code = _say("usage", str(error), Exit.USAGE, as_json)
        except WorkbookError as error:
            code = _unreadable(str(error), as_json)
        except Busy as error:
            code = _say("busy", str(error), Exit.BUSY, as_json)
        except UsageError as error:
            code = _say("usage", str(error), Exit.USAGE, as_json)
        except Disagreement as error:
            code = _say("disagreement", str(error), Exit.CRASH, as_json)
        except EngineError as error:
            code = _say("engine", str(error), Exit.CRASH, as_json)
        except OptimizerError as error:
            code = _say("error", str(error), Exit.CRASH, as_json)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: nobody to tell
            code = Exit.DONE
        except KeyboardInterrupt:
            code = _say("interrupted", "interrupted; nothing was written", Exit.INTERRUPTED, as_json)
        except OSError as error:  # of files and folders: the system's own words say what is wrong
            where = f"{str(error.filename)[:200]}: " if error.filename else ""
            code = _say("usage", f"{where}{error.strerror or error}", Exit.USAGE, as_json)
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            text = f"a defect in the program, please report it: {type(error).__name__}: {error}"
            code = _say("crash", text, Exit.CRASH, as_json)
        raise typer.Exit(int(code or Exit.DONE))

    return wrapped  # type: ignore[return-value]


def _say(status: str, text: str, code: Exit, as_json: bool) -> Exit:
    from optimizer.cli import screen

    if as_json:
        screen.print_json({"status": status, "error": text})
    screen.complain(text)
    return code


def _faults(faults: tuple[Any, ...], as_json: bool) -> Exit:
    from optimizer.cli import screen

    if as_json:
        screen.print_json({"status": "faults", "faults": [screen.fault_record(f) for f in faults]})
    else:
        screen.print_faults(faults)
    return Exit.FAULTS


def _unreadable(text: str, as_json: bool) -> Exit:
    from optimizer.cli import screen

    if as_json:
        record = {"sheet": None, "cell": None, "problem": text, "read": None, "suggestion": None, "severity": "fault"}
        screen.print_json({"status": "faults", "faults": [record]})
    screen.complain(text)
    return Exit.FAULTS
