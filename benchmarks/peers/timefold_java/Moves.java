package peer;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * What a planner would try, beside the changes of single variables: send a unit with bases for all its elements, bring
 * it back, move its dates, exchange one rotation for another, hold an exercise with all its seats taken. Exercises that
 * lose a participant by it are filled up again or called off in the same move.
 */
public class Moves implements MoveIteratorFactory<Roster, Change> {
    static final int TRIES = 8;

    @Override
    public long getSize(ScoreDirector<Roster> director) {
        Roster r = director.getWorkingSolution();
        return 100L * (r.slots.size() + r.events.size());
    }

    @Override
    public Iterator<Change> createOriginalMoveIterator(ScoreDirector<Roster> director) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<Change> createRandomMoveIterator(ScoreDirector<Roster> director, Random random) {
        Draw draw = new Draw(director.getWorkingSolution(), random);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Change next() {
                return draw.move();
            }
        };
    }

    private static final class Draw {
        private final Roster roster;
        private final Tables in;
        private final Random random;
        private final Staff staff;
        private final List<Roster.Slot> out = new ArrayList<>();

        Draw(Roster roster, Random random) {
            this.roster = roster;
            this.in = roster.tables;
            this.random = random;
            this.staff = new Staff(roster, random);
            for (Roster.Slot s : roster.slots) {
                if (s.span != null) {
                    out.add(s);
                }
            }
        }

        Change move() {
            Change c = new Change();
            int kind = random.nextInt(roster.events.isEmpty() ? 70 : 100);
            if (kind < 15 || (kind < 70 && out.isEmpty())) {
                deploy(c, any(roster.slots));
            } else if (kind < 35) {
                redate(c, any(out));
            } else if (kind < 40) {
                recall(c, any(out));
            } else if (kind < 50) {
                rebase(c, any(out));
            } else if (kind < 70) {
                exchange(c);
            } else if (kind < 90) {
                hold(c, any(roster.events));
            } else {
                reseat(c, any(roster.events));
            }
            return c;
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private void deploy(Change c, Roster.Slot s) {
            if (!s.spans.isEmpty()) {
                give(c, s, any(s.spans));
                if (random.nextInt(4) > 0) {
                    bases(c, s, random.nextInt(in.places.length));
                }
            }
        }

        private void give(Change c, Roster.Slot s, Tables.Span span) {
            c.set(s, span);
            staff.repair(c, s);
        }

        private int size(Roster.Slot s) {
            int next = s.index + 1 < roster.slots.size() ? roster.slots.get(s.index + 1).firstBerth : roster.berths.size();
            return next - s.firstBerth;
        }

        /** Bases for all elements, half of them in one place if they can. */
        private void bases(Change c, Roster.Slot s, int focus) {
            for (int i = 0; i < size(s); i++) {
                Roster.Berth b = roster.berths.get(s.firstBerth + i);
                if (!b.options.isEmpty()) {
                    c.set(b, option(b, random.nextInt(2) == 0 ? focus : -1));
                }
            }
        }

        private Tables.Option option(Roster.Berth b, int site) {
            if (in.elements[b.element].optional() && random.nextInt(4) == 0) {
                return null;
            }
            Tables.Option o = any(b.options);
            for (int i = 0; i < TRIES && site >= 0 && o.site() != site; i++) {
                o = any(b.options);
            }
            return o;
        }

        /** Comes or goes a little earlier or later, or both. */
        private void redate(Change c, Roster.Slot s) {
            for (int i = 0; i < TRIES; i++) {
                int kind = random.nextInt(3);
                int by = (1 + random.nextInt(random.nextInt(3) == 0 ? 12 : 3)) * (random.nextBoolean() ? 1 : -1);
                int arrive = s.span.arrive() + (kind != 1 ? by : 0);
                int depart = s.span.depart() + (kind != 0 ? by : 0);
                Tables.Span span = in.units[s.unit].span(arrive, depart);
                if (span != null) {
                    give(c, s, span);
                    return;
                }
            }
        }

        private void recall(Change c, Roster.Slot s) {
            give(c, s, null);
        }

        private void rebase(Change c, Roster.Slot s) {
            int n = size(s);
            if (random.nextInt(3) == 0) {
                bases(c, s, random.nextInt(in.places.length));
                return;
            }
            Roster.Berth b = roster.berths.get(s.firstBerth + random.nextInt(n));
            if (!b.options.isEmpty()) {
                c.set(b, option(b, -1));
            }
            if (random.nextBoolean()) { // and another one elsewhere
                Roster.Slot other = any(out);
                Roster.Berth o = roster.berths.get(other.firstBerth + random.nextInt(size(other)));
                if (o != b && !o.options.isEmpty()) {
                    c.set(o, option(o, b.option == null ? -1 : b.option.site()));
                }
            }
        }

        /** One goes or stays less, another comes or stays more. */
        private void exchange(Change c) {
            Roster.Slot less = any(out);
            Roster.Slot more = any(random.nextBoolean() ? roster.slots : out);
            if (more == less || more.spans.isEmpty()) {
                return;
            }
            if (random.nextBoolean()) {
                recall(c, less);
            } else {
                redate(c, less);
            }
            if (more.span != null && random.nextInt(3) > 0) {
                redate(c, more);
            } else if (random.nextInt(3) == 0) {
                deploy(c, more);
            } else { // in its place, at about its time
                give(c, more, closest(more, less.span));
                Tables.Option left = roster.berths.get(less.firstBerth + random.nextInt(size(less))).option;
                bases(c, more, left == null ? random.nextInt(in.places.length) : left.site());
            }
        }

        private Tables.Span closest(Roster.Slot s, Tables.Span wanted) {
            Tables.Span best = null;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                Tables.Span span = any(s.spans);
                int off = Math.abs(span.arrive() - wanted.arrive()) + Math.abs(span.depart() - wanted.depart());
                if (off < least) {
                    least = off;
                    best = span;
                }
            }
            return best;
        }

        private void hold(Change c, Roster.Event x) {
            if (x.starts.isEmpty()) {
                return;
            }
            Tables.Start start = any(x.starts);
            c.set(x, start);
            for (int i = x.firstSeat; i < x.endSeat; i++) {
                Roster.Seat seat = roster.seats.get(i);
                if (seat.way == null || !staff.suits(c, seat, seat.way, start)) {
                    Tables.Way way = staff.someone(c, seat, x, start);
                    if (way != null) {
                        c.set(seat, way);
                    }
                }
            }
        }

        private void reseat(Change c, Roster.Event x) {
            if (x.start == null || x.firstSeat == x.endSeat || random.nextInt(4) == 0) {
                c.set(x, null);
                return;
            }
            Roster.Seat seat = roster.seats.get(x.firstSeat + random.nextInt(x.endSeat - x.firstSeat));
            Tables.Way way = staff.someone(c, seat, x, x.start);
            if (way != null) {
                c.set(seat, way);
            }
        }
    }
}
