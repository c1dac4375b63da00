package peer;

import java.util.List;

/** Weekly sums over all that is planned, and what they add to the score; every change is booked at once. */
final class Books {
    static final int WEEK = 100; // hard points for a week in which something is where it must not be
    static final long MONEY = 3_000; // money over a limit that weighs one hard point

    final Tables in;
    private final long[][] supply, value; // area, week
    private final long[] countryValue;
    private final int[][] present, settled, fixedPresent, fixedSettled, roomPresent, roomSettled; // site, week
    private final int[][] countryPresent, countrySettled, fixedCountryPresent, fixedCountrySettled;
    private final int[][] stored, slots, using, atOnce; // site, week
    private final long[][] spend; // line, period
    private long hard, soft, total;

    Books(Tables in) {
        this.in = in;
        int sites = in.places.length;
        int countries = in.countries.length;
        supply = new long[in.areas][in.weeks];
        value = new long[in.areas][in.weeks];
        countryValue = new long[countries];
        present = new int[sites][in.weeks];
        settled = new int[sites][in.weeks];
        fixedPresent = new int[sites][in.weeks];
        fixedSettled = new int[sites][in.weeks];
        roomPresent = new int[sites][in.weeks];
        roomSettled = new int[sites][in.weeks];
        countryPresent = new int[countries][in.weeks];
        countrySettled = new int[countries][in.weeks];
        fixedCountryPresent = new int[countries][in.weeks];
        fixedCountrySettled = new int[countries][in.weeks];
        stored = new int[sites][in.weeks];
        slots = new int[sites][in.weeks];
        using = new int[sites][in.weeks];
        atOnce = new int[sites][in.weeks];
        spend = new long[in.lines][];
        for (int i = 0; i < in.lines; i++) {
            spend[i] = in.fixedSpend[i].clone();
            for (long amount : spend[i]) {
                total += amount;
            }
        }
        for (Tables.Element e : in.elements) {
            if (e.given().length > 0) {
                forgive(e);
            }
        }
        for (int i = 0; i < sites; i++) {
            rooms(i, List.of());
        }
        for (Tables.Country c : in.countries) {
            for (int t = 0; t < in.weeks; t++) {
                shortfall(c, 0, 1);
            }
        }
    }

    private void forgive(Tables.Element e) {
        int site = e.given()[0];
        int people = in.kinds[e.kind()].people();
        for (int t = 0; t < Math.min(e.given()[2], in.weeks); t++) {
            boolean ready = t >= e.given()[3];
            fixedPresent[site][t] += people;
            fixedSettled[site][t] += ready ? people : 0;
            int c = in.places[site].country();
            if (c >= 0) {
                fixedCountryPresent[c][t] += people;
                fixedCountrySettled[c][t] += ready ? people : 0;
            }
        }
    }

    /** What a site has room for, given the upgrades bought for it. */
    void rooms(int site, List<Roster.Purchase> bought) {
        hard += crowd(site);
        Tables.Place p = in.places[site];
        for (int t = 0; t < in.weeks; t++) {
            roomSettled[site][t] = p.places();
            roomPresent[site][t] = p.handover();
            slots[site][t] = p.slots();
            atOnce[site][t] = p.atOnce();
        }
        for (Roster.Purchase b : bought) {
            Tables.Upgrade u = in.upgrades[b.upgrade];
            for (int t = b.week + u.weeks(); t < in.weeks; t++) {
                roomSettled[site][t] += u.places();
                roomPresent[site][t] += u.handover();
                slots[site][t] += u.slots();
                atOnce[site][t] += u.atOnce();
            }
        }
        for (int t = 0; t < in.weeks; t++) {
            roomSettled[site][t] = Math.max(Math.min(roomSettled[site][t], p.left()[t]), fixedSettled[site][t]);
            roomPresent[site][t] = Math.max(Math.min(roomPresent[site][t], p.left()[t]), fixedPresent[site][t]);
        }
        hard -= crowd(site);
    }

    private long crowd(int site) {
        long over = 0;
        for (int t = 0; t < in.weeks; t++) {
            over += Math.max(0, settled[site][t] - roomSettled[site][t]);
            over += Math.max(0, present[site][t] - roomPresent[site][t]);
            over += WEEK * Math.max(0, using[site][t] - atOnce[site][t]);
            over += stuffed(site, t);
        }
        return over;
    }

    private long stuffed(int site, int t) {
        return (Math.max(0, stored[site][t] - slots[site][t]) + 9) / 10;
    }

    void present(int site, int from, int to, int people) {
        int c = in.places[site].country();
        for (int t = Math.max(from, 0); t < Math.min(to, in.weeks); t++) {
            hard -= rise(present[site], t, people, roomPresent[site][t]);
            if (c >= 0) {
                Tables.Country country = in.countries[c];
                if (country.handoverCap() >= 0) {
                    int cap = Math.max(country.handoverCap(), fixedCountryPresent[c][t]);
                    hard -= Math.max(0, countryPresent[c][t] + people - cap) - Math.max(0, countryPresent[c][t] - cap);
                }
                shortfall(country, countryPresent[c][t], -1);
                countryPresent[c][t] += people;
                shortfall(country, countryPresent[c][t], 1);
            }
        }
    }

    void settled(int site, int from, int to, int people) {
        int c = in.places[site].country();
        for (int t = Math.max(from, 0); t < Math.min(to, in.weeks); t++) {
            hard -= rise(settled[site], t, people, roomSettled[site][t]);
            if (c >= 0 && in.countries[c].cap() >= 0) {
                hard -= rise(countrySettled[c], t, people, Math.max(in.countries[c].cap(), fixedCountrySettled[c][t]));
            }
        }
    }

    private static int rise(int[] sums, int t, int by, int room) {
        int before = Math.max(0, sums[t] - room);
        sums[t] += by;
        return Math.max(0, sums[t] - room) - before;
    }

    private void shortfall(Tables.Country c, int people, int sign) {
        int lack = Math.max(0, c.floor() - people);
        if (in.floorHard) {
            hard -= (long) sign * lack;
        } else {
            soft -= sign * lack * in.floorPrice;
        }
    }

    void range(int site, int from, int weeks, int sign) {
        for (int t = from; t < from + weeks; t++) {
            hard -= WEEK * rise(using[site], t, sign, atOnce[site][t]);
        }
    }

    void store(int site, int t, int amount) {
        hard += stuffed(site, t);
        stored[site][t] += amount;
        hard -= stuffed(site, t);
    }

    /** Points at a site in a week: more with {@code sign} 1, fewer with −1. */
    void points(int[] at, long[] amounts, int t, int sign) {
        for (int i = 0; i < at.length; i++) {
            int area = at[i];
            supply[area][t] += sign * amounts[i];
            long worth = 0;
            long rest = supply[area][t];
            long[] steps = in.demand[area][t];
            for (int level = 0; level < steps.length && rest > 0; level++) {
                worth += in.price[area][level] * Math.min(rest, steps[level]);
                rest -= steps[level];
            }
            long more = worth - value[area][t];
            value[area][t] = worth;
            soft += more;
            countryValue[area / (in.areas / in.countries.length)] += more;
        }
    }

    void pay(int line, int week, long amount) {
        if (week >= 0 && week < in.weeks) {
            spend[line][in.period[week]] += amount;
            total += amount;
        }
    }

    long hard() {
        long over = 0;
        for (int p = 0; p < in.year.length; p++) {
            for (int i = 0; i < in.lines; i++) {
                if (in.ceilings[i][p] >= 0) {
                    over += Math.max(0, spend[i][p] - in.ceilings[i][p]);
                }
            }
        }
        if (in.totalCap >= 0) {
            over += Math.max(0, total - in.totalCap);
        }
        for (int y = 0; in.budgeted && y < in.money[0].length; y++) {
            over += overspent(y);
        }
        return hard - (over + MONEY - 1) / MONEY;
    }

    /** What lines lack in a year beyond what the others may give. */
    private long overspent(int y) {
        long lack = 0;
        long given = 0;
        for (int i = 0; i < in.lines; i++) {
            long spent = 0;
            for (int p = 0; p < in.year.length; p++) {
                spent += in.year[p] == y ? spend[i][p] : 0;
            }
            long rest = in.money[i][y] - spent;
            if (rest < 0) {
                lack -= rest;
            } else {
                given += Math.min(in.transfer * in.money[i][y] / 1000, rest);
            }
        }
        return Math.max(0, lack - given);
    }

    long soft() {
        double worst = Double.POSITIVE_INFINITY;
        for (int c = 0; c < countryValue.length; c++) {
            if (in.full[c] > 0) {
                worst = Math.min(worst, countryValue[c] / in.full[c]);
            }
        }
        double extra = Double.isInfinite(worst) ? 0 : in.worstPrice * worst;
        return soft + Math.round(extra) - Math.round(in.costPrice * total);
    }
}
