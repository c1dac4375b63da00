package peer;

import java.util.Arrays;

/** What belongs to what, as places in the lists of the roster. */
final class Links {
    final int[][] elementsOf; // unit
    final int[][] slotsOf; // unit
    final int[] rank; // of an element in its unit
    final int[] shiftOf; // berth, −1 without
    final int[][] relocationsOf, blocksOf; // set
    final int[] homeOf; // set, −1 without

    Links(Roster r) {
        Tables in = r.tables;
        rank = new int[in.elements.length];
        elementsOf = new int[in.units.length][0];
        for (int e = 0; e < in.elements.length; e++) {
            int u = in.elements[e].unit();
            rank[e] = elementsOf[u].length;
            elementsOf[u] = with(elementsOf[u], e);
        }
        slotsOf = new int[in.units.length][0];
        for (Roster.Slot s : r.slots) {
            slotsOf[s.unit] = with(slotsOf[s.unit], s.index);
        }
        shiftOf = new int[r.berths.size()];
        Arrays.fill(shiftOf, -1);
        for (int i = 0; i < r.shifts.size(); i++) {
            shiftOf[r.shifts.get(i).berth] = i;
        }
        relocationsOf = new int[in.sets.length][0];
        blocksOf = new int[in.sets.length][0];
        homeOf = new int[in.sets.length];
        Arrays.fill(homeOf, -1);
        for (int i = 0; i < r.relocations.size(); i++) {
            int q = r.relocations.get(i).set;
            relocationsOf[q] = with(relocationsOf[q], i);
        }
        for (int i = 0; i < r.blocks.size(); i++) {
            blocksOf[r.blocks.get(i).set] = with(blocksOf[r.blocks.get(i).set], i);
        }
        for (int i = 0; i < r.homes.size(); i++) {
            homeOf[r.homes.get(i).set] = i;
        }
    }

    static int[] with(int[] list, int value) {
        int[] longer = Arrays.copyOf(list, list.length + 1);
        longer[list.length] = value;
        return longer;
    }
}
