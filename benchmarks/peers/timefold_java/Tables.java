package peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The case as numbers, read once: what {@code timefold_tables.py} writes, line by line in the same order. */
final class Tables {
    static final int FREE = 1_000_000_000; // people a place takes where nothing is closed

    record Span(int index, int arrive, int depart) {}

    record Option(int index, int site, int mode, int set, int rsoi, int first, long cost) {}

    record Start(int index, int site, int week, long cost) {}

    /** Someone for a seat: from theatre (mode −1), or from home, {@code early} weeks before the start. */
    record Way(int index, int element, int mode, int set, int early, int first, long cost) {}

    record Drive(int week, int site) {}

    record Kind(int people, long weekCost, int movement, int[][] areas, long[][] worth) {}

    record Country(int floor, int cap, int handoverCap) {}

    record Place(int country, int places, int handover, int slots, int range, int atOnce, int[] left) {}

    record Upgrade(int site, long cost, int weeks, int places, int handover, int slots, int range, int atOnce,
                   List<Integer> when) {}

    record Unit(int ratio, int standard, int stagger, int slots, int[] windows, List<Span> spans) {
        /** Weeks of {@code [from, to)} outside the window that fits best. */
        int outside(int from, int to) {
            int least = to - from;
            for (int i = 0; i < windows.length; i += 2) {
                least = Math.min(least, Math.max(windows[i] - from, 0) + Math.max(to - windows[i + 1], 0));
            }
            return least;
        }

        Span span(int arrive, int depart) {
            int low = 0;
            int high = spans.size() - 1;
            while (low <= high) {
                int middle = (low + high) / 2;
                Span s = spans.get(middle);
                int order = s.arrive != arrive ? Integer.compare(s.arrive, arrive) : Integer.compare(s.depart, depart);
                if (order == 0) {
                    return s;
                }
                low = order < 0 ? middle + 1 : low;
                high = order > 0 ? middle - 1 : high;
            }
            return null;
        }
    }

    /** {@code given}: site, arrive, depart, ready, set of a rotation under way, or empty. */
    record Element(int unit, int kind, boolean optional, int[] given, List<Option> options) {}

    record Prepo(int slots, int first, int reset, int interval, int service, int lastService, long moveCost, int start,
                 int moves, int[] from, int[] to, int[][] areas, long[][] worth) {}

    record Need(int count, long maxDays, List<Way> ways) {}

    record Exercise(int weeks, int echelon, long value, boolean mandatory, int group, int spacing, List<Start> starts,
                    List<Need> needs) {}

    final int weeks, areas;
    final boolean floorHard, budgeted;
    final long transfer, totalCap, floorPrice, overPrice;
    final double costPrice, worstPrice;
    final Country[] countries;
    final Place[] places;
    final Kind[] kinds;
    final long[][][] demand; // area, week, level: points beyond the level below
    final long[][] price; // area, level: score of a point
    final double[] full; // score of covering all demand of a country, 0 if it has none
    final Upgrade[] upgrades;
    final Unit[] units;
    final Element[] elements;
    final Prepo[] sets;
    final int[][] moveWeeks;
    final long[][][] days; // movement, from, to
    final Exercise[] exercises;
    final int lineRotation, lineExercise, lineSet, lineUpgrade, lines;
    final int[] period; // of a week
    final int[] year; // of a period
    final long[][] fixedSpend, ceilings; // line, period
    final long[][] money; // line, year

    Tables(Numbers from) throws IOException {
        int[] n = from.ints();
        weeks = n[0];
        places = new Place[n[1]];
        countries = new Country[n[2]];
        areas = n[2] * n[3];
        long[] s = from.longs();
        floorHard = s[0] != 0;
        transfer = s[1];
        totalCap = s[2];
        budgeted = s[3] != 0;
        floorPrice = s[4];
        overPrice = s[5];
        double[] prices = from.reals();
        costPrice = prices[0];
        worstPrice = prices[1];
        for (int i = 0; i < countries.length; i++) {
            int[] c = from.ints();
            countries[i] = new Country(c[0], c[1], c[2]);
        }
        full = from.reals();
        demand = new long[areas][weeks][n[4]];
        price = new long[areas][];
        for (int a = 0; a < areas; a++) {
            price[a] = from.longs();
            for (int t = 0; t < weeks; t++) {
                demand[a][t] = from.longs();
            }
        }
        for (int i = 0; i < places.length; i++) {
            int[] p = from.ints();
            places[i] = new Place(p[0], p[1], p[2], p[3], p[4], p[5], from.ints());
        }
        days = new long[2][places.length][];
        for (long[][] movement : days) {
            for (int i = 0; i < places.length; i++) {
                movement[i] = from.longs();
            }
        }
        moveWeeks = new int[places.length][];
        for (int i = 0; i < places.length; i++) {
            moveWeeks[i] = from.ints();
        }
        kinds = new Kind[from.ints()[0]];
        for (int i = 0; i < kinds.length; i++) {
            long[] k = from.longs();
            int[][] at = new int[places.length][];
            kinds[i] = new Kind((int) k[0], k[1], (int) k[2], at, from.worth(places.length, at));
        }
        upgrades = new Upgrade[from.ints()[0]];
        for (int i = 0; i < upgrades.length; i++) {
            long[] u = from.longs();
            upgrades[i] = new Upgrade((int) u[0], u[1], (int) u[2], (int) u[3], (int) u[4], (int) u[5], (int) u[6],
                    (int) u[7], range((int) u[8], (int) u[9]));
        }
        units = new Unit[from.ints()[0]];
        for (int i = 0; i < units.length; i++) {
            int[] u = from.ints();
            int[] windows = from.ints();
            List<Span> spans = new ArrayList<>();
            int[] pairs = from.ints();
            for (int j = 0; j < pairs.length; j += 2) {
                spans.add(new Span(j / 2, pairs[j], pairs[j + 1]));
            }
            units[i] = new Unit(u[0], u[1], u[2], u[3], windows, spans);
        }
        elements = new Element[from.ints()[0]];
        for (int i = 0; i < elements.length; i++) {
            int[] e = from.ints();
            int[] given = from.ints();
            List<Option> options = new ArrayList<>();
            long[] o = from.longs();
            for (int j = 0; j < o.length; j += 6) {
                options.add(new Option(j / 6, (int) o[j], (int) o[j + 1], (int) o[j + 2], (int) o[j + 3],
                        (int) o[j + 4], o[j + 5]));
            }
            elements[i] = new Element(e[0], e[1], e[2] != 0, given, options);
        }
        sets = new Prepo[from.ints()[0]];
        for (int i = 0; i < sets.length; i++) {
            long[] q = from.longs();
            int[] since = from.ints();
            int[] until = from.ints();
            int[][] at = new int[places.length][];
            sets[i] = new Prepo((int) q[0], (int) q[1], (int) q[2], (int) q[3], (int) q[4], (int) q[5], q[6],
                    (int) q[7], (int) q[8], since, until, at, from.worth(places.length, at));
        }
        exercises = new Exercise[from.ints()[0]];
        for (int i = 0; i < exercises.length; i++) {
            exercises[i] = exercise(from);
        }
        int[] lineOf = from.ints();
        lineRotation = lineOf[0];
        lineExercise = lineOf[1];
        lineSet = lineOf[2];
        lineUpgrade = lineOf[3];
        lines = lineOf[4];
        period = from.ints();
        year = from.ints();
        fixedSpend = new long[lines][];
        ceilings = new long[lines][];
        money = new long[lines][];
        for (int i = 0; i < lines; i++) {
            fixedSpend[i] = from.longs();
            ceilings[i] = from.longs();
            money[i] = from.longs();
        }
    }

    private static Exercise exercise(Numbers from) throws IOException {
        long[] x = from.longs();
        List<Start> starts = new ArrayList<>();
        long[] s = from.longs();
        for (int j = 0; j < s.length; j += 3) {
            starts.add(new Start(j / 3, (int) s[j], (int) s[j + 1], s[j + 2]));
        }
        List<Need> needs = new ArrayList<>();
        for (int k = 0; k < x[6]; k++) {
            long[] need = from.longs();
            List<Way> ways = new ArrayList<>();
            long[] w = from.longs();
            for (int j = 0; j < w.length; j += 6) {
                ways.add(new Way(j / 6, (int) w[j], (int) w[j + 1], (int) w[j + 2], (int) w[j + 3], (int) w[j + 4],
                        w[j + 5]));
            }
            needs.add(new Need((int) need[0], need[1], ways));
        }
        return new Exercise((int) x[0], (int) x[1], x[2], x[3] != 0, (int) x[4], (int) x[5], starts, needs);
    }

    static List<Integer> range(int from, int to) {
        List<Integer> weeks = new ArrayList<>();
        for (int t = from; t < to; t++) {
            weeks.add(t);
        }
        return weeks;
    }
}
