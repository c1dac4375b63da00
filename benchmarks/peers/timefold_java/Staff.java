package peer;

import java.util.Random;

/** Who could take a seat of an exercise, as far as dates and distances tell. */
final class Staff {
    private final Roster roster;
    private final Tables in;
    private final Random random;

    Staff(Roster roster, Random random) {
        this.roster = roster;
        this.in = roster.tables;
        this.random = random;
    }

    /** Fills the seats of exercises that elements of the unit no longer reach, or calls the exercises off. */
    void repair(Change c, Roster.Slot s) {
        for (Roster.Seat seat : roster.seats) {
            Roster.Event x = roster.events.get(seat.event);
            if (x.start == null || seat.way == null || in.elements[seat.way.element()].unit() != s.unit) {
                continue;
            }
            if (suits(c, seat, seat.way, x.start)) {
                continue;
            }
            Tables.Way way = someone(c, seat, x, x.start);
            if (way != null) {
                c.set(seat, way);
            } else if (!in.exercises[x.index].mandatory()) {
                c.set(x, null);
            }
        }
    }

    /** Whether someone could come, as far as dates and distances tell. */
    boolean suits(Change c, Roster.Seat seat, Tables.Way way, Tables.Start start) {
        Tables.Element e = in.elements[way.element()];
        int end = start.week() + in.exercises[seat.event].weeks();
        int arrive = start.week() - way.early();
        boolean home = way.mode() >= 0;
        if (home && (arrive < way.first() || in.units[e.unit()].outside(arrive, end) > 0)) {
            return false;
        }
        long[][] days = in.days[in.kinds[e.kind()].movement()];
        long most = in.exercises[seat.event].needs().get(seat.need).maxDays();
        if (e.given().length > 0) {
            if (home && e.given()[2] > arrive) {
                return false;
            }
            if (!home && e.given()[3] <= arrive && e.given()[2] >= end) {
                return days[e.given()[0]][start.site()] <= most;
            }
        }
        for (int i = firstSlot(e.unit()); i < roster.slots.size(); i++) {
            Roster.Slot s = roster.slots.get(i);
            if (s.unit != e.unit()) {
                break;
            }
            Tables.Span span = c.span(s);
            if (span == null) {
                continue;
            }
            if (home && span.arrive() < end && span.depart() > arrive) {
                return false;
            }
            Tables.Option o = roster.berths.get(s.firstBerth + roster.links.rank[way.element()]).option;
            if (!home && o != null && span.arrive() + o.rsoi() <= arrive && span.depart() >= end) {
                return days[o.site()][start.site()] <= most;
            }
        }
        return home;
    }

    private int firstSlot(int unit) {
        return roster.links.slotsOf[unit].length > 0 ? roster.links.slotsOf[unit][0] : roster.slots.size();
    }

    Tables.Way someone(Change c, Roster.Seat seat, Roster.Event x, Tables.Start start) {
        for (int i = 0; i < Moves.TRIES && !seat.ways.isEmpty(); i++) {
            Tables.Way way = seat.ways.get(random.nextInt(seat.ways.size()));
            if (suits(c, seat, way, start) && !sits(x, way.element())) {
                return way;
            }
        }
        return null;
    }

    private boolean sits(Roster.Event x, int element) {
        for (int i = x.firstSeat; i < x.endSeat; i++) {
            Tables.Way way = roster.seats.get(i).way;
            if (way != null && way.element() == element) {
                return true;
            }
        }
        return false;
    }
}
