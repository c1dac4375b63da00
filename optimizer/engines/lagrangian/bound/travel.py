"""What of a tree travels: the leaves that a certificate carries, and the bound that they prove.

Leaves that part from one another are taken back into the leaf they come from where that loses next to nothing, and
where all of them are more than an answer should carry. Whatever is left still holds every plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case
from optimizer.domain.certificate import Certificate, packed, plain
from optimizer.engines.lagrangian.bound.certify import COARSE, FINE, made_of_leaves
from optimizer.engines.lagrangian.bound.pricing.partly import no_rows
from optimizer.engines.lagrangian.bound.tree import OWN, Leaf, Tree

LOSS = 0.005  # points that taking leaves back may lose
MOST = 300_000  # bytes of a tree
ALONE = 1_000_000  # bytes of its root where nothing else fits: of cases with hundreds of units over many years
NUMBER = 3.3  # bytes that a number takes at most, about


@dataclass(frozen=True)
class Carried:
    """A certificate and the bound it proves, but for the rounding of its multipliers."""

    certificate: Certificate
    bound: float


def of_tree(case: Case, tree: Tree, most: int = ALONE) -> Carried | None:
    """The proof of a tree, of all its leaves if they fit into ``most`` bytes, and into ``MOST``; ``None`` if not even
    its root fits into ``most``."""
    of, root, fit = tree.root.lagrangian, _root(tree), min(MOST, most)

    def made(leaves: Sequence[Leaf]) -> Certificate:
        told = [(x.way, x.proof[0], of.standing(OWN, x.proof[1])) for x in leaves]
        return made_of_leaves(case, of, told, FINE if len(told) == 1 else COARSE)

    weights: dict[int, int] = {}

    def weight(leaf: Leaf) -> float:
        """In numbers: a tree has thousands of leaves, and to pack each would take longer than to make them."""
        if id(leaf) not in weights:
            weights[id(leaf)] = made([leaf]).numbers
        return weights[id(leaf)]

    kept = pruned(tree.proofs() or [root], weight, np.inf)
    room = np.inf
    while len(kept) > 1 and (together := size(made(kept))) > fit:  # what leaves have in common is packed once
        room = min(0.95 * room, fit * sum(map(weight, kept)) / together)
        kept = pruned(kept, weight, room)
    if max(leaf.bound for leaf in kept) >= root.bound - LOSS:
        kept = [root]
    found = Carried(made(kept), max(leaf.bound for leaf in kept))
    return found if size(found.certificate) <= most else None


def size(c: Certificate) -> int:
    """Bytes of a certificate, packed."""
    return len(packed(plain(c)))


def _root(tree: Tree) -> Leaf:
    """All plans, at the multipliers of the dual before it branched."""
    best = tree.root.best
    return Leaf(float(tree.root.bound), tree.root.lagrangian.decided, best, no_rows(), (best, no_rows()))


def pruned(leaves: Sequence[Leaf], weight: Callable[[Leaf], float], most: float) -> list[Leaf]:
    """Leaves that hold what ``leaves`` hold, weigh at most ``most`` together, and whose largest bound is small."""
    kept, top = list(leaves), max(leaf.bound for leaf in leaves)
    while len(kept) > 1:
        above = [leaf.parent for leaf in kept if leaf.parent is not None]
        both = [x for x in above if sum(x is y for y in above) == 2]
        least = min(both, key=lambda x: x.bound)
        if least.bound > top + LOSS and (most == np.inf or sum(map(weight, kept)) <= most):
            break
        kept = [*(leaf for leaf in kept if leaf.parent is not least), least]
    return kept
