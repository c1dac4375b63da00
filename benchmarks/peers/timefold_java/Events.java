package peer;

/** Exercises: when and where they are held, their spacing, their ranges, and that every seat is taken. */
final class Events {
    private final Tables in;
    private final Roster roster;
    private final Books books;
    private final Tables.Start[] held; // as it stands in the books
    private final long[] faults;
    private final Marks marks;
    private long hard, soft;

    Events(Roster roster, Books books) {
        this.in = roster.tables;
        this.roster = roster;
        this.books = books;
        held = new Tables.Start[in.exercises.length];
        faults = new long[in.exercises.length];
        marks = new Marks(in.exercises.length);
    }

    void changed(int x) {
        marks.add(x);
    }

    /** The ranges of a site have changed. */
    void changedAt(int site) {
        for (int x = 0; x < held.length; x++) {
            if (held[x] != null && held[x].site() == site) {
                marks.add(x);
            }
        }
    }

    long hard() {
        return -Books.WEEK * hard;
    }

    long soft() {
        return soft;
    }

    void settle() {
        for (int x = marks.next(); x >= 0; x = marks.next()) {
            place(x);
            hard -= faults[x];
            faults[x] = judge(x);
            hard += faults[x];
        }
    }

    /** Brings the exercise as held in the books to what is planned. */
    private void place(int x) {
        for (int sign = -1; sign <= 1; sign += 2) {
            if (sign > 0) {
                held[x] = roster.events.get(x).start;
            }
            if (held[x] != null) {
                soft += sign * in.exercises[x].value();
                books.pay(in.lineExercise, held[x].week(), sign * held[x].cost());
                if (in.exercises[x].echelon() > 0) {
                    books.range(held[x].site(), held[x].week(), in.exercises[x].weeks(), sign);
                }
                if (in.exercises[x].group() >= 0) {
                    hard += sign * apart(x);
                }
            }
        }
    }

    /** Weeks missing to the spacing from others of the group that are held. */
    private long apart(int x) {
        Tables.Exercise a = in.exercises[x];
        long bad = 0;
        for (int y = 0; y < held.length; y++) {
            Tables.Exercise b = in.exercises[y];
            if (y != x && held[y] != null && b.group() == a.group()) {
                boolean before = held[x].week() < held[y].week() || (held[x].week() == held[y].week() && x < y);
                int gap = before
                        ? held[y].week() - held[x].week() - a.weeks()
                        : held[x].week() - held[y].week() - b.weeks();
                bad += Math.max(0, Math.max(a.spacing(), b.spacing()) - gap);
            }
        }
        return bad;
    }

    private long judge(int x) {
        Roster.Event event = roster.events.get(x);
        long bad = 0;
        if (event.start == null) {
            bad += in.exercises[x].mandatory() ? 20 : 0;
        } else {
            for (int i = event.firstSeat; i < event.endSeat; i++) {
                bad += roster.seats.get(i).way == null ? 4 : 0;
            }
            int best = in.places[event.start.site()].range();
            for (Roster.Purchase b : roster.purchases) {
                Tables.Upgrade u = in.upgrades[b.upgrade];
                if (b.week != null && u.site() == event.start.site() && b.week + u.weeks() <= event.start.week()) {
                    best = Math.max(best, u.range());
                }
            }
            bad += Math.max(0, in.exercises[x].echelon() - best);
        }
        return bad;
    }
}
