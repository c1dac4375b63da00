package peer;

import java.util.List;

/** The first roster: nobody goes, sets stay, maintenance is done when due. */
final class Build {
    private Build() {}

    static Roster roster(Tables in) {
        Roster r = new Roster();
        r.tables = in;
        units(r, in);
        for (int x = 0; x < in.exercises.length; x++) {
            Roster.Event event = new Roster.Event();
            event.index = x;
            event.starts = in.exercises[x].starts();
            event.firstSeat = r.seats.size();
            List<Tables.Need> needs = in.exercises[x].needs();
            for (int n = 0; n < needs.size(); n++) {
                for (int i = 0; i < needs.get(n).count(); i++) {
                    Roster.Seat seat = new Roster.Seat();
                    seat.index = r.seats.size();
                    seat.event = x;
                    seat.need = n;
                    seat.ways = needs.get(n).ways();
                    r.seats.add(seat);
                }
            }
            event.endSeat = r.seats.size();
            r.events.add(event);
        }
        for (int q = 0; q < in.sets.length; q++) {
            set(r, in, q);
        }
        for (int i = 0; i < in.upgrades.length; i++) {
            Roster.Purchase b = new Roster.Purchase();
            b.upgrade = i;
            b.weeks = in.upgrades[i].when();
            r.purchases.add(b);
        }
        r.links = new Links(r);
        return r;
    }

    private static void units(Roster r, Tables in) {
        int[][] elements = new int[in.units.length][0];
        for (int e = 0; e < in.elements.length; e++) {
            elements[in.elements[e].unit()] = Links.with(elements[in.elements[e].unit()], e);
        }
        for (int u = 0; u < in.units.length; u++) {
            for (int i = 0; i < in.units[u].slots(); i++) {
                Roster.Slot slot = new Roster.Slot();
                slot.index = r.slots.size();
                slot.unit = u;
                slot.firstBerth = r.berths.size();
                slot.spans = in.units[u].spans();
                r.slots.add(slot);
                for (int e : elements[u]) {
                    berth(r, in, slot, e);
                }
            }
        }
    }

    private static void berth(Roster r, Tables in, Roster.Slot slot, int e) {
        Roster.Berth b = new Roster.Berth();
        b.index = r.berths.size();
        b.slot = slot.index;
        b.element = e;
        b.options = in.elements[e].options();
        if (!b.options.isEmpty()) { // spread over the sites: without effect until the unit goes
            b.option = b.options.get(5 * b.index % b.options.size());
        }
        r.berths.add(b);
        int stagger = in.units[slot.unit].stagger();
        if (stagger > 0) {
            Roster.Shift s = new Roster.Shift();
            s.berth = b.index;
            s.choices = Tables.range(0, stagger + 1);
            s.late = 0;
            s.early = 0;
            r.shifts.add(s);
        }
    }

    private static void set(Roster r, Tables in, int q) {
        Tables.Prepo set = in.sets[q];
        if (set.first() >= in.weeks) {
            return;
        }
        List<Integer> sites = Tables.range(0, in.places.length).stream()
                .filter(i -> set.to()[i] > set.from()[i])
                .toList();
        if (set.start() < 0) {
            Roster.Home home = new Roster.Home();
            home.set = q;
            home.sites = sites;
            home.site = sites.stream()
                    .filter(i -> set.from()[i] <= set.first() && set.to()[i] >= in.weeks)
                    .findFirst()
                    .orElse(sites.get(0));
            r.homes.add(home);
        }
        List<Tables.Drive> drives = Tables.range(set.first() + 1, in.weeks).stream()
                .flatMap(t -> sites.stream().map(i -> new Tables.Drive(t, i)))
                .toList();
        for (int i = 0; i < set.moves() && sites.size() > 1; i++) {
            Roster.Relocation m = new Roster.Relocation();
            m.set = q;
            m.drives = drives;
            r.relocations.add(m);
        }
        if (set.interval() > 0) {
            blocks(r, in, q);
        }
    }

    /** As many blocks as fall due, and one to spare. */
    private static void blocks(Roster r, Tables in, int q) {
        Tables.Prepo set = in.sets[q];
        int due = Math.max(set.lastService() + set.interval(), set.first());
        for (boolean more = true; more; due += set.service() + set.interval()) {
            more = due < in.weeks;
            Roster.Block b = new Roster.Block();
            b.set = q;
            b.weeks = Tables.range(set.first(), in.weeks);
            b.week = more ? due : null;
            r.blocks.add(b);
        }
    }
}
