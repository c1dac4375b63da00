package peer;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules as hard points, goals as soft points, kept up to date: before a change the elements it touches are taken out of
 * the books, and put back when the score is asked for; units, exercises and sets touched are judged anew.
 */
public class Score implements IncrementalScoreCalculator<Roster, HardSoftLongScore> {
    private Tables in;
    private Roster roster;
    private Links links;
    private Books books;
    private Presence presence;
    private Sets sets;
    private Events events;
    private long[] unitHard, unitSoft;
    private long hard, soft; // of units
    private Marks elements, units;

    @Override
    public void resetWorkingSolution(Roster r) {
        roster = r;
        in = r.tables;
        links = r.links;
        books = new Books(in);
        sets = new Sets(r, links, books);
        presence = new Presence(r, links, books, sets);
        unitHard = new long[in.units.length];
        unitSoft = new long[in.units.length];
        events = new Events(r, books);
        hard = 0;
        soft = 0;
        elements = new Marks(in.elements.length);
        units = new Marks(in.units.length);
        for (Roster.Purchase b : r.purchases) {
            bought(b, 1);
        }
        for (int site = 0; site < in.places.length; site++) {
            books.rooms(site, boughtAt(site));
        }
        for (Roster.Seat s : r.seats) {
            if (s.way != null) {
                presence.sit(s, s.way.element());
            }
        }
    }

    @Override
    public void beforeVariableChanged(Object entity, String variable) {
        if (entity instanceof Roster.Seat s) {
            if (s.way != null) {
                out(s.way.element());
                presence.rise(s, s.way.element());
            }
            events.changed(s.event);
        } else if (entity instanceof Roster.Purchase b) {
            bought(b, -1);
        } else {
            touch(entity);
        }
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        if (entity instanceof Roster.Seat s) {
            if (s.way != null) {
                out(s.way.element());
                presence.sit(s, s.way.element());
            }
        } else if (entity instanceof Roster.Purchase b) {
            bought(b, 1);
            int site = in.upgrades[b.upgrade].site();
            books.rooms(site, boughtAt(site));
            events.changedAt(site);
        }
    }

    private void touch(Object entity) {
        if (entity instanceof Roster.Slot s) {
            units.add(s.unit);
            for (int e : links.elementsOf[s.unit]) {
                out(e);
            }
        } else if (entity instanceof Roster.Berth b) {
            units.add(in.elements[b.element].unit());
            out(b.element);
        } else if (entity instanceof Roster.Shift s) {
            touch(roster.berths.get(s.berth));
        } else if (entity instanceof Roster.Event x) {
            events.changed(x.index);
            for (int i = x.firstSeat; i < x.endSeat; i++) {
                Tables.Way way = roster.seats.get(i).way;
                if (way != null) {
                    out(way.element());
                }
            }
        } else if (entity instanceof Roster.Home h) {
            sets.changed(h.set);
        } else if (entity instanceof Roster.Relocation m) {
            sets.changed(m.set);
        } else if (entity instanceof Roster.Block b) {
            sets.changed(b.set);
        }
    }

    private void out(int element) {
        if (elements.add(element)) {
            presence.book(element, -1);
        }
    }

    private void bought(Roster.Purchase b, int sign) {
        if (b.week != null) {
            books.pay(in.lineUpgrade, b.week, sign * in.upgrades[b.upgrade].cost());
        }
    }

    private List<Roster.Purchase> boughtAt(int site) {
        List<Roster.Purchase> found = new ArrayList<>();
        for (Roster.Purchase b : roster.purchases) {
            if (b.week != null && in.upgrades[b.upgrade].site() == site) {
                found.add(b);
            }
        }
        return found;
    }

    @Override
    public HardSoftLongScore calculateScore() {
        for (int e = elements.next(); e >= 0; e = elements.next()) {
            presence.book(e, 1);
        }
        for (int u = units.next(); u >= 0; u = units.next()) {
            judgeUnit(u);
        }
        events.settle();
        sets.settle();
        return HardSoftLongScore.of(
                books.hard() + hard + presence.hard() + events.hard() + sets.hard(),
                books.soft() + soft + events.soft());
    }

    /** Rest between the rotations of a unit, and that its elements move with it. */
    private void judgeUnit(int u) {
        Tables.Unit unit = in.units[u];
        long faults = 0;
        long beyond = 0;
        for (int i : links.slotsOf[u]) {
            Tables.Span s = roster.slots.get(i).span;
            if (s == null) {
                continue;
            }
            int length = s.depart() - s.arrive();
            beyond += Math.max(0, length - unit.standard());
            faults += together(u, roster.slots.get(i));
            for (int j : links.slotsOf[u]) {
                Tables.Span o = roster.slots.get(j).span;
                if (j != i && o != null && (o.arrive() > s.arrive() || (o.arrive() == s.arrive() && j > i))) {
                    int rested = s.depart() + (unit.ratio() * length + 999) / 1000;
                    faults += Math.max(0, rested - o.arrive());
                }
            }
        }
        hard += unitHard[u];
        unitHard[u] = Books.WEEK * faults;
        hard -= unitHard[u];
        soft += unitSoft[u];
        unitSoft[u] = beyond * in.overPrice;
        soft -= unitSoft[u];
    }

    private long together(int u, Roster.Slot s) {
        long faults = 0;
        boolean first = false;
        boolean last = false;
        for (int e : links.elementsOf[u]) {
            int b = s.firstBerth + links.rank[e];
            if (roster.berths.get(b).option == null) {
                faults += in.elements[e].optional() ? 0 : 5;
            } else {
                Roster.Shift shift = links.shiftOf[b] < 0 ? null : roster.shifts.get(links.shiftOf[b]);
                first |= shift == null || shift.late == 0;
                last |= shift == null || shift.early == 0;
            }
        }
        return faults + (first ? 0 : 1) + (last ? 0 : 1);
    }

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}
}
