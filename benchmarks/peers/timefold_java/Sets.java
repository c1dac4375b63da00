package peer;

import java.util.Arrays;

/** Prepositioned sets: where they stand, who holds them, maintenance, what they are worth while stored. */
final class Sets {
    private static final int ROAD = -1;

    private final Tables in;
    private final Roster roster;
    private final Links links;
    private final Books books;
    private final int[][] holders; // set, week
    private final int[][][] holdersAt; // set, site, week
    private final int[][] stand, idle; // set, week: site as it is in the books, −1 none
    private final boolean[][] leaves; // set, week: a move is paid
    private final long[] faults;
    private long hard;
    private final Marks marks;
    private final int[] now;
    private final boolean[] serviced;

    Sets(Roster roster, Links links, Books books) {
        this.in = roster.tables;
        this.roster = roster;
        this.links = links;
        this.books = books;
        int n = in.sets.length;
        holders = new int[n][in.weeks];
        holdersAt = new int[n][in.places.length][in.weeks];
        stand = new int[n][in.weeks];
        idle = new int[n][in.weeks];
        for (int q = 0; q < n; q++) {
            Arrays.fill(stand[q], ROAD);
            Arrays.fill(idle[q], ROAD);
        }
        leaves = new boolean[n][in.weeks];
        faults = new long[n];
        marks = new Marks(n);
        now = new int[in.weeks];
        serviced = new boolean[in.weeks];
    }

    void changed(int set) {
        marks.add(set);
    }

    void hold(int set, int site, int from, int to, int sign) {
        int end = Math.min(to + in.sets[set].reset(), in.weeks);
        for (int t = Math.max(from, 0); t < end; t++) {
            holders[set][t] += sign;
            holdersAt[set][site][t] += sign;
        }
        marks.add(set);
    }

    long hard() {
        return -Books.WEEK * hard;
    }

    void settle() {
        for (int q = marks.next(); q >= 0; q = marks.next()) {
            hard -= faults[q];
            faults[q] = judge(q);
            hard += faults[q];
        }
    }

    /** The stays of a set as {site, from, to}, one after the other. */
    static int[][] stays(Tables in, Roster roster, Links links, int q) {
        Tables.Prepo set = in.sets[q];
        if (set.first() >= in.weeks) {
            return new int[0][];
        }
        int site = links.homeOf[q] < 0 ? set.start() : roster.homes.get(links.homeOf[q]).site;
        int from = set.first();
        int[][] found = new int[links.relocationsOf[q].length + 1][];
        int n = 0;
        for (int after = -1; ; ) {
            Tables.Drive next = null;
            for (int i : links.relocationsOf[q]) {
                Tables.Drive d = roster.relocations.get(i).drive;
                if (d == null || d.week() <= Math.max(from, after) || d.site() == site) {
                    continue;
                }
                int way = in.moveWeeks[site][d.site()];
                if (way >= 0 && d.week() + way < in.weeks && (next == null || d.week() < next.week())) {
                    next = d;
                }
            }
            if (next == null) {
                break;
            }
            found[n++] = new int[] {site, from, next.week()};
            from = next.week() + in.moveWeeks[site][next.site()];
            site = next.site();
            after = next.week();
        }
        found[n++] = new int[] {site, from, in.weeks};
        return Arrays.copyOf(found, n);
    }

    private long judge(int q) {
        Tables.Prepo set = in.sets[q];
        Arrays.fill(now, ROAD);
        int[][] stays = stays(in, roster, links, q);
        boolean[] left = new boolean[in.weeks];
        for (int[] s : stays) {
            Arrays.fill(now, s[1], s[2], s[0]);
            if (s[2] < in.weeks) {
                left[s[2]] = true;
            }
        }
        long bad = maintenance(q, set);
        for (int t = 0; t < in.weeks; t++) {
            if (now[t] != stand[q][t]) {
                if (stand[q][t] >= 0) {
                    books.store(stand[q][t], t, -set.slots());
                }
                if (now[t] >= 0) {
                    books.store(now[t], t, set.slots());
                }
                stand[q][t] = now[t];
            }
            if (left[t] != leaves[q][t]) {
                books.pay(in.lineSet, t, left[t] ? set.moveCost() : -set.moveCost());
                leaves[q][t] = left[t];
            }
            int held = holders[q][t];
            bad += Math.max(0, held - 1) + held - (now[t] >= 0 ? holdersAt[q][now[t]][t] : 0);
            bad += serviced[t] && held > 0 ? 1 : 0;
            if (now[t] >= 0 && (t < set.from()[now[t]] || t >= set.to()[now[t]])) {
                bad++;
            }
            int stored = held == 0 && !serviced[t] ? now[t] : ROAD;
            if (stored != idle[q][t]) {
                points(set, idle[q][t], t, -1);
                points(set, stored, t, 1);
                idle[q][t] = stored;
            }
        }
        return bad;
    }

    private void points(Tables.Prepo set, int site, int t, int sign) {
        if (site >= 0) {
            books.points(set.areas()[site], set.worth()[site], t, sign);
        }
    }

    /** Marks the weeks of maintenance; weeks too late, in two blocks at once, or not at one place. */
    private long maintenance(int q, Tables.Prepo set) {
        Arrays.fill(serviced, false);
        if (set.interval() <= 0) {
            return 0;
        }
        long bad = 0;
        int due = Math.max(set.lastService() + set.interval(), set.first());
        int[] starts = Arrays.stream(links.blocksOf[q])
                .filter(i -> roster.blocks.get(i).week != null)
                .map(i -> roster.blocks.get(i).week)
                .sorted()
                .toArray();
        for (int start : starts) {
            int end = Math.min(start + set.service(), in.weeks);
            bad += Math.max(0, start - due);
            for (int t = start; t < end; t++) {
                bad += serviced[t] ? 1 : 0;
                bad += now[t] < 0 || now[t] != now[start] ? 1 : 0;
                serviced[t] = true;
            }
            due = end + set.interval();
        }
        return bad + Math.max(0, in.weeks - due);
    }
}
