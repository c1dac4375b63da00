package peer;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractSimplifiedMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A move that gives new values to several variables at once. */
final class Change extends AbstractSimplifiedMove<Roster> {
    private final List<Object> entities = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    void set(Object entity, Object value) {
        entities.add(entity);
        values.add(value);
    }

    /** The value an entity will have if this move is made. */
    Tables.Span span(Roster.Slot slot) {
        int i = entities.lastIndexOf(slot);
        return i < 0 ? slot.span : (Tables.Span) values.get(i);
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Roster> director) {
        for (int i = 0; i < entities.size(); i++) {
            if (now(entities.get(i)) != values.get(i)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Roster> director) {
        for (int i = 0; i < entities.size(); i++) {
            Object entity = entities.get(i);
            if (now(entity) == values.get(i)) {
                continue;
            }
            String variable = variable(entity);
            director.beforeVariableChanged(entity, variable);
            put(entity, values.get(i));
            director.afterVariableChanged(entity, variable);
        }
    }

    private static String variable(Object entity) {
        return entity instanceof Roster.Slot ? "span"
                : entity instanceof Roster.Berth ? "option"
                : entity instanceof Roster.Event ? "start"
                : "way";
    }

    private static Object now(Object entity) {
        return entity instanceof Roster.Slot s ? s.span
                : entity instanceof Roster.Berth b ? b.option
                : entity instanceof Roster.Event x ? x.start
                : ((Roster.Seat) entity).way;
    }

    private static void put(Object entity, Object value) {
        if (entity instanceof Roster.Slot s) {
            s.span = (Tables.Span) value;
        } else if (entity instanceof Roster.Berth b) {
            b.option = (Tables.Option) value;
        } else if (entity instanceof Roster.Event x) {
            x.start = (Tables.Start) value;
        } else {
            ((Roster.Seat) entity).way = (Tables.Way) value;
        }
    }

    @Override
    public Collection<?> getPlanningEntities() {
        return entities;
    }

    @Override
    public Collection<?> getPlanningValues() {
        return values;
    }
}
