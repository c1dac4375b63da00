package peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where elements are and what that costs and is worth: booked element by element. */
final class Presence {
    private final Tables in;
    private final Roster roster;
    private final Links links;
    private final Books books;
    private final Sets sets;
    private final List<List<Roster.Seat>> seatsOf = new ArrayList<>();
    private final int[] loc, away, busy, flown; // scratch by week: where points count; how many things are done
    private int low, high; // weeks of the scratch in use
    private final int[] bases; // site, ready, depart of an element's postings
    private int postings;
    private long hard, faults;

    Presence(Roster roster, Links links, Books books, Sets sets) {
        this.in = roster.tables;
        this.roster = roster;
        this.links = links;
        this.books = books;
        this.sets = sets;
        for (int e = 0; e < in.elements.length; e++) {
            seatsOf.add(new ArrayList<>());
        }
        loc = new int[in.weeks];
        away = new int[in.weeks];
        busy = new int[in.weeks];
        flown = new int[in.weeks];
        bases = new int[3 * (roster.slots.size() + 1)];
    }

    long hard() {
        return -Books.WEEK * hard;
    }

    /** Seats are kept in one order whatever happened before. */
    void sit(Roster.Seat seat, int element) {
        List<Roster.Seat> list = seatsOf.get(element);
        int i = list.size();
        while (i > 0 && list.get(i - 1).index > seat.index) {
            i--;
        }
        list.add(i, seat);
    }

    void rise(Roster.Seat seat, int element) {
        seatsOf.get(element).remove(seat);
    }

    /** Books all that an element does: in with {@code sign} 1, out with −1. */
    void book(int e, int sign) {
        Tables.Element element = in.elements[e];
        Tables.Kind kind = in.kinds[element.kind()];
        low = in.weeks;
        high = 0;
        postings = 0;
        faults = 0;
        Arrays.fill(loc, -1);
        Arrays.fill(away, 0);
        Arrays.fill(busy, 0);
        Arrays.fill(flown, 0);
        if (element.given().length > 0) {
            int[] g = element.given();
            posted(e, kind, g[0], g[4], g[1], g[2], g[3], sign);
        }
        for (int i : links.slotsOf[element.unit()]) {
            Roster.Slot slot = roster.slots.get(i);
            int b = slot.firstBerth + links.rank[e];
            Tables.Option o = roster.berths.get(b).option;
            if (slot.span != null && o != null) {
                Roster.Shift shift = links.shiftOf[b] < 0 ? null : roster.shifts.get(links.shiftOf[b]);
                int arrive = slot.span.arrive() + (shift == null ? 0 : shift.late);
                int depart = slot.span.depart() - (shift == null ? 0 : shift.early);
                faults += Math.max(0, o.first() - arrive) + Math.max(0, arrive - in.weeks + 1);
                faults += Math.max(0, arrive + 1 - depart);
                books.pay(in.lineRotation, arrive, sign * o.cost());
                posted(e, kind, o.site(), o.set(), arrive, depart, arrive + o.rsoi(), sign);
            }
        }
        for (Roster.Seat seat : seatsOf.get(e)) {
            Tables.Start start = roster.events.get(seat.event).start;
            if (start != null) {
                takePart(e, element, kind, seat, start, sign);
            }
        }
        for (int t = low; t < high; t++) {
            faults += Math.max(0, busy[t] - 1) + Math.max(0, flown[t] - 1);
            faults += flown[t] > 0 && away[t] > 0 ? 1 : 0;
            if (loc[t] >= 0) {
                books.points(kind.areas()[loc[t]], kind.worth()[loc[t]], t, sign);
            }
        }
        hard += sign * faults;
    }

    private void posted(int e, Tables.Kind kind, int site, int set, int arrive, int depart, int ready, int sign) {
        int from = Math.max(arrive, 0);
        int to = Math.min(depart, in.weeks);
        books.present(site, from, to, sign * kind.people());
        books.settled(site, ready, to, sign * kind.people());
        for (int t = from; t < to; t++) {
            books.pay(in.lineRotation, t, sign * kind.weekCost());
            away[t]++;
            if (t >= ready) {
                loc[t] = site;
            }
        }
        if (set >= 0) {
            sets.hold(set, site, arrive, depart, sign);
        }
        span(from, to);
        bases[3 * postings] = site;
        bases[3 * postings + 1] = ready;
        bases[3 * postings + 2] = depart;
        postings++;
    }

    private void span(int from, int to) {
        low = Math.min(low, from);
        high = Math.max(high, to);
    }

    private void takePart(int e, Tables.Element element, Tables.Kind kind, Roster.Seat seat, Tables.Start start,
            int sign) {
        Tables.Exercise x = in.exercises[seat.event];
        int end = start.week() + x.weeks();
        span(start.week(), end);
        for (int t = start.week(); t < end; t++) {
            busy[t]++;
        }
        if (seat.way.mode() < 0) {
            visit(kind, x.needs().get(seat.need), start, end);
            return;
        }
        int arrive = start.week() - seat.way.early();
        int from = Math.max(arrive, 0);
        faults += Math.max(0, seat.way.first() - arrive);
        faults += in.units[element.unit()].outside(arrive, end);
        books.present(start.site(), from, end, sign * kind.people());
        books.pay(in.lineExercise, arrive, sign * seat.way.cost());
        for (int t = from; t < end; t++) {
            flown[t]++;
            books.pay(in.lineExercise, t, sign * kind.weekCost());
            if (t >= start.week()) {
                loc[t] = start.site();
            }
        }
        if (seat.way.set() >= 0) {
            sets.hold(seat.way.set(), start.site(), arrive, end, sign);
        }
        span(from, end);
    }

    /** From theatre: ready on one rotation throughout, based near enough; its points move along. */
    private void visit(Tables.Kind kind, Tables.Need need, Tables.Start start, int end) {
        int missing = end - start.week();
        int base = -1;
        for (int i = 0; i < postings; i++) {
            int shared = Math.min(bases[3 * i + 2], end) - Math.max(bases[3 * i + 1], start.week());
            int missed = end - start.week() - Math.max(0, shared);
            if (missed < missing) {
                missing = missed;
                base = bases[3 * i];
            }
        }
        faults += missing;
        if (base >= 0 && in.days[kind.movement()][base][start.site()] > need.maxDays()) {
            faults++;
        }
        for (int t = start.week(); t < end; t++) {
            if (loc[t] >= 0) {
                loc[t] = start.site();
            }
        }
    }
}
