package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.List;

/**
 * The planning solution and its entities. What hangs on something that does not take place (the base of an element
 * whose rotation is not held, a seat of an exercise not held) keeps its value without effect.
 */
@PlanningSolution
public class Roster {
    Tables tables;
    Links links; // what belongs to what never changes

    @PlanningEntityCollectionProperty
    List<Slot> slots = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Berth> berths = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Shift> shifts = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Event> events = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Seat> seats = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Home> homes = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Relocation> relocations = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Block> blocks = new ArrayList<>();

    @PlanningEntityCollectionProperty
    List<Purchase> purchases = new ArrayList<>();

    @PlanningScore
    HardSoftLongScore score;

    /** A rotation a unit may make: none while {@code span} is null. */
    @PlanningEntity
    public static class Slot {
        int index, unit;
        int firstBerth; // of the unit's elements, one after the other
        List<Tables.Span> spans;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "spans")
        Tables.Span span;

        @ValueRangeProvider(id = "spans")
        public List<Tables.Span> getSpans() {
            return spans;
        }
    }

    /** Base, mode and set of an element in a slot; null only makes sense where it may stay at home. */
    @PlanningEntity
    public static class Berth {
        int index, slot, element;
        List<Tables.Option> options;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "options")
        Tables.Option option;

        @ValueRangeProvider(id = "options")
        public List<Tables.Option> getOptions() {
            return options;
        }
    }

    /** Weeks an element comes after and leaves before its unit, where the unit has a stagger. */
    @PlanningEntity
    public static class Shift {
        int berth;
        List<Integer> choices;

        @PlanningVariable(valueRangeProviderRefs = "choices")
        Integer late;

        @PlanningVariable(valueRangeProviderRefs = "choices")
        Integer early;

        @ValueRangeProvider(id = "choices")
        public List<Integer> getChoices() {
            return choices;
        }
    }

    /** An exercise: not held while {@code start} is null. */
    @PlanningEntity
    public static class Event {
        int index, firstSeat, endSeat;
        List<Tables.Start> starts;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "starts")
        Tables.Start start;

        @ValueRangeProvider(id = "starts")
        public List<Tables.Start> getStarts() {
            return starts;
        }
    }

    /** One of the elements a need asks for. */
    @PlanningEntity
    public static class Seat {
        int index, event, need;
        List<Tables.Way> ways;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "ways")
        Tables.Way way;

        @ValueRangeProvider(id = "ways")
        public List<Tables.Way> getWays() {
            return ways;
        }
    }

    /** Where a set first stands, if that is free. */
    @PlanningEntity
    public static class Home {
        int set;
        List<Integer> sites;

        @PlanningVariable(valueRangeProviderRefs = "sites")
        Integer site;

        @ValueRangeProvider(id = "sites")
        public List<Integer> getSites() {
            return sites;
        }
    }

    /** A move of a set: leaves in a week for a site. One that makes no sense after those before it is not made. */
    @PlanningEntity
    public static class Relocation {
        int set;
        List<Tables.Drive> drives;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "drives")
        Tables.Drive drive;

        @ValueRangeProvider(id = "drives")
        public List<Tables.Drive> getDrives() {
            return drives;
        }
    }

    /** A maintenance block of a set. */
    @PlanningEntity
    public static class Block {
        int set;
        List<Integer> weeks;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "blockWeeks")
        Integer week;

        @ValueRangeProvider(id = "blockWeeks")
        public List<Integer> getWeeks() {
            return weeks;
        }
    }

    /** An upgrade: not bought while {@code week} is null. */
    @PlanningEntity
    public static class Purchase {
        int upgrade;
        List<Integer> weeks;

        @PlanningVariable(allowsUnassigned = true, valueRangeProviderRefs = "buyWeeks")
        Integer week;

        @ValueRangeProvider(id = "buyWeeks")
        public List<Integer> getWeeks() {
            return weeks;
        }
    }
}
