package peer;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.placer.QueuedEntityPlacerConfig;
import ai.timefold.solver.core.config.heuristic.selector.common.SelectionOrder;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.value.ValueSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.phase.PhaseConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads the case from stdin, writes a line when the search begins and one for every better roster that holds all rules.
 * Arguments: seconds until it stops, random seed, environment mode.
 */
public final class Main {
    private static final long PAUSE = 200; // milliseconds between two rosters written
    private static final long TRIALS = 200_000; // of rotations while the first plan is made
    private static final String HEAT = "0hard/50000000000soft"; // how much worse a plan may be taken at first

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        long ends = System.nanoTime() + (long) (Double.parseDouble(arguments[0]) * 1e9);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII), 1 << 20);
        Roster roster = Build.roster(new Tables(new Numbers(input)));
        Duration left = Duration.ofMillis(Math.max((ends - System.nanoTime()) / 1_000_000, 100));
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Roster.class)
                .withEntityClasses(Roster.Slot.class, Roster.Berth.class, Roster.Shift.class, Roster.Event.class,
                        Roster.Seat.class, Roster.Home.class, Roster.Relocation.class, Roster.Block.class,
                        Roster.Purchase.class)
                .withScoreDirectorFactory(
                        new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(Score.class))
                .withEnvironmentMode(EnvironmentMode.valueOf(arguments[2]))
                .withRandomSeed(Long.parseLong(arguments[1]))
                .withTerminationSpentLimit(left)
                .withPhaseList(phases(roster));
        SolverFactory<Roster> factory = SolverFactory.create(config);
        Solver<Roster> solver = factory.buildSolver();
        AtomicReference<Roster> best = new AtomicReference<>();
        solver.addEventListener(event -> {
            Roster r = event.getNewBestSolution();
            if (r.score.hardScore() == 0) {
                best.set(r);
            }
        });
        SolutionManager.<Roster, HardSoftLongScore>create(factory).update(roster);
        say("{\"entities\": " + count(roster) + ", \"options\": " + roster.berths.stream()
                .mapToLong(b -> b.options.size()).sum() + "}");
        if (roster.score.hardScore() == 0) { // nobody goes
            say(Answer.json(roster));
        }
        Thread speaker = new Thread(() -> tell(best));
        speaker.setDaemon(true);
        speaker.start();
        Roster last = solver.solve(roster);
        speaker.interrupt();
        speaker.join();
        if (best.get() != null) {
            say(Answer.json(best.get()));
        }
        say("{\"score\": \"" + last.score + "\"}");
    }

    private static void tell(AtomicReference<Roster> best) {
        while (!Thread.currentThread().isInterrupted()) {
            Roster r = best.getAndSet(null);
            if (r != null) {
                say(Answer.json(r));
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static int count(Roster r) {
        return r.slots.size() + r.berths.size() + r.shifts.size() + r.events.size() + r.seats.size() + r.homes.size()
                + r.relocations.size() + r.blocks.size() + r.purchases.size();
    }

    /** First fit for the rotations, one unit after the other; then simulated annealing over all variables. */
    @SuppressWarnings("rawtypes")
    private static List<PhaseConfig> phases(Roster r) {
        List<PhaseConfig> phases = new ArrayList<>();
        if (!r.slots.isEmpty()) {
            QueuedEntityPlacerConfig placer = new QueuedEntityPlacerConfig()
                    .withEntitySelectorConfig(
                            new EntitySelectorConfig().withId("slot").withEntityClass(Roster.Slot.class));
            ChangeMoveSelectorConfig send = new ChangeMoveSelectorConfig()
                    .withEntitySelectorConfig(EntitySelectorConfig.newMimicSelectorConfig("slot"))
                    .withValueSelectorConfig(new ValueSelectorConfig("span"));
            if (r.slots.stream().mapToLong(s -> s.spans.size()).sum() > TRIALS) { // look at some of them only
                send = send.withSelectionOrder(SelectionOrder.RANDOM)
                        .withSelectedCountLimit(Math.max(TRIALS / r.slots.size(), 10));
            }
            placer.setMoveSelectorConfigList(List.of(send));
            ConstructionHeuristicPhaseConfig first = new ConstructionHeuristicPhaseConfig();
            first.setEntityPlacerConfig(placer);
            phases.add(first);
        }
        List<MoveSelectorConfig> moves = new ArrayList<>();
        if (!r.slots.isEmpty()) {
            moves.add(new MoveIteratorFactoryConfig()
                    .withMoveIteratorFactoryClass(Moves.class)
                    .withFixedProbabilityWeight(6.0));
        }
        vary(moves, r.slots, Roster.Slot.class, "span", 1);
        vary(moves, r.berths, Roster.Berth.class, "option", 2);
        vary(moves, r.shifts, Roster.Shift.class, "late", 0.2);
        vary(moves, r.shifts, Roster.Shift.class, "early", 0.2);
        vary(moves, r.events, Roster.Event.class, "start", 0.5);
        vary(moves, r.seats, Roster.Seat.class, "way", 1);
        vary(moves, r.homes, Roster.Home.class, "site", 0.2);
        vary(moves, r.relocations, Roster.Relocation.class, "drive", 0.5);
        vary(moves, r.blocks, Roster.Block.class, "week", 0.2);
        vary(moves, r.purchases, Roster.Purchase.class, "week", 0.3);
        UnionMoveSelectorConfig union = new UnionMoveSelectorConfig();
        union.setMoveSelectorList(moves);
        phases.add(new LocalSearchPhaseConfig()
                .withAcceptorConfig(new LocalSearchAcceptorConfig().withSimulatedAnnealingStartingTemperature(HEAT))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1))
                .withMoveSelectorConfig(union));
        return phases;
    }

    @SuppressWarnings("rawtypes")
    private static void vary(
            List<MoveSelectorConfig> moves, List<?> entities, Class<?> kind, String variable, double weight) {
        if (!entities.isEmpty()) {
            moves.add(new ChangeMoveSelectorConfig()
                    .withEntitySelectorConfig(new EntitySelectorConfig(kind))
                    .withValueSelectorConfig(new ValueSelectorConfig(variable))
                    .withFixedProbabilityWeight(weight));
        }
    }
}
