package peer;

import java.util.ArrayList;
import java.util.List;

/** A roster as one line of JSON: lists of numbers, elements, sites and so on by their place in the case. */
final class Answer {
    private Answer() {}

    static String json(Roster r) {
        return "{\"soft\": " + r.score.softScore()
                + ", \"rotations\": " + rotations(r)
                + ", \"runs\": " + runs(r)
                + ", \"stays\": " + stays(r)
                + ", \"blocks\": " + blocks(r)
                + ", \"purchases\": " + purchases(r) + "}";
    }

    private static List<?> rotations(Roster r) {
        List<List<Object>> found = new ArrayList<>();
        for (Roster.Slot s : r.slots) {
            if (s.span == null) {
                continue;
            }
            List<List<Integer>> postings = new ArrayList<>();
            for (int e : r.links.elementsOf[s.unit]) {
                int b = s.firstBerth + r.links.rank[e];
                Tables.Option o = r.berths.get(b).option;
                if (o != null) {
                    int shift = r.links.shiftOf[b];
                    int arrive = s.span.arrive() + (shift < 0 ? 0 : r.shifts.get(shift).late);
                    int depart = s.span.depart() - (shift < 0 ? 0 : r.shifts.get(shift).early);
                    postings.add(List.of(e, o.site(), o.mode(), o.set(), arrive, depart));
                }
            }
            found.add(List.of(s.unit, s.span.arrive(), s.span.depart(), postings));
        }
        return found;
    }

    private static List<?> runs(Roster r) {
        List<List<Object>> found = new ArrayList<>();
        for (Roster.Event x : r.events) {
            if (x.start == null) {
                continue;
            }
            List<List<Integer>> who = new ArrayList<>();
            for (int i = x.firstSeat; i < x.endSeat; i++) {
                Roster.Seat seat = r.seats.get(i);
                who.add(List.of(seat.need, seat.way.element(), seat.way.mode(), seat.way.set()));
            }
            found.add(List.of(x.index, x.start.site(), x.start.week(), who));
        }
        return found;
    }

    private static List<?> stays(Roster r) {
        List<List<Integer>> found = new ArrayList<>();
        for (int q = 0; q < r.tables.sets.length; q++) {
            for (int[] s : Sets.stays(r.tables, r, r.links, q)) {
                found.add(List.of(q, s[0], s[1], s[2]));
            }
        }
        return found;
    }

    private static List<?> blocks(Roster r) {
        List<List<Integer>> found = new ArrayList<>();
        for (Roster.Block b : r.blocks) {
            if (b.week != null) {
                int end = Math.min(b.week + r.tables.sets[b.set].service(), r.tables.weeks);
                found.add(List.of(b.set, b.week, end));
            }
        }
        return found;
    }

    private static List<?> purchases(Roster r) {
        List<List<Integer>> found = new ArrayList<>();
        for (Roster.Purchase b : r.purchases) {
            if (b.week != null) {
                found.add(List.of(b.upgrade, b.week));
            }
        }
        return found;
    }
}
