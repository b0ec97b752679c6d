package org.konvergo.notebook;

import org.konvergo.Require;
import org.konvergo.metric.BootstrapInterval;
import org.konvergo.notebook.display.Numbers;
import org.konvergo.random.RandomStream;

/**
 * One claim of a paper and what was measured. Written as it is read:
 *
 * <pre>{@code
 * paper.claim("C1", "SNS needs at least ten times fewer iterations")
 *         .paper("Table 1: 37 against more than 3000")
 *         .measured(ratio)
 *         .atLeast(10)
 *         .partlyIf(Condition.atLeast(3));
 * }</pre>
 *
 * <p>The weaker condition of {@link #partlyIf(Condition)} is part of the claim and is written down
 * before it is measured.
 */
public final class Claim {
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 2000;

    private final String id;
    private final String statement;
    private final RandomStream random;
    private String paper = "";
    private String unit = "";
    private String note = "";
    private double measured = Double.NaN;
    private boolean hasFigure;
    private BootstrapInterval interval;
    private String condition;
    private Boolean met;
    private Condition needed;
    private Condition weaker;
    private Boolean partlyMet;
    private boolean timing;
    private boolean machine;

    Claim(String id, String statement, RandomStream random) {
        this.id = id;
        this.statement = statement;
        this.random = random;
    }

    /**
     * Says what the paper reports.
     *
     * @param figure where and what, such as {@code Table 1: 37 against more than 3000}
     * @return this claim
     */
    public Claim paper(String figure) {
        paper = Require.notNull("figure", figure);
        return this;
    }

    /**
     * Gives the measured figure. NaN decides the claim as not reproduced and says so.
     *
     * @param figure any number
     * @return this claim
     */
    public Claim measured(double figure) {
        measured = figure;
        interval = null;
        hasFigure = true;
        return this;
    }

    /**
     * Gives measured figures, one a seed or replicate. The condition is on their median; the ledger
     * shows its bootstrap interval too (95 %, 2000 resamples, from the paper's seed). With a NaN or
     * an infinite value among them the figure is NaN.
     *
     * @param sample at least one number
     * @return this claim
     * @throws IllegalArgumentException if there is none
     */
    public Claim measured(double[] sample) {
        Require.atLeast("length of sample", Require.notNull("sample", sample).length, 1);
        measured(Double.NaN);
        for (double x : sample) {
            if (!Double.isFinite(x)) {
                return this;
            }
        }
        interval = BootstrapInterval.ofMedian(sample, LEVEL, RESAMPLES, random);
        measured = interval.median();
        return this;
    }

    /**
     * Names the figure's unit.
     *
     * @param name such as {@code s}
     * @return this claim
     */
    public Claim unit(String name) {
        unit = Require.notNull("name", name);
        return this;
    }

    /**
     * Adds a note, such as what was tried where a claim fails.
     *
     * @param text the note
     * @return this claim
     */
    public Claim note(String text) {
        note = Require.notNull("text", text);
        return this;
    }

    /**
     * Marks a figure that depends on the machine, such as seconds. The ledger then shows neither
     * figure nor verdict; {@link Paper#timings()} does, in a cell tagged {@code timing}.
     *
     * @return this claim
     */
    public Claim timing() {
        timing = true;
        return this;
    }

    /**
     * Marks a figure that is not the same bits on every machine, such as one that PyTorch has
     * computed. The ledger then shows neither figure nor verdict; {@link Paper#onThisMachine()}
     * does, in a cell tagged {@code machine}.
     *
     * @return this claim
     */
    public Claim onThisMachine() {
        machine = true;
        return this;
    }

    /**
     * Requires a least figure.
     *
     * @param bound allowed itself
     * @return this claim
     */
    public Claim atLeast(double bound) {
        return is(Condition.atLeast(bound));
    }

    /**
     * Requires a greatest figure.
     *
     * @param bound allowed itself
     * @return this claim
     */
    public Claim atMost(double bound) {
        return is(Condition.atMost(bound));
    }

    /**
     * Requires a figure near a target.
     *
     * @param target the target
     * @param tolerance largest distance allowed
     * @return this claim
     */
    public Claim within(double target, double tolerance) {
        return is(Condition.within(target, tolerance));
    }

    /**
     * Requires a figure in an interval.
     *
     * @param low lower end, allowed
     * @param high upper end, allowed
     * @return this claim
     */
    public Claim between(double low, double high) {
        return is(Condition.between(low, high));
    }

    /**
     * Requires a slope near a target; the measured figure is the slope.
     *
     * @param target the exponent that theory gives
     * @param tolerance largest distance allowed
     * @return this claim
     */
    public Claim slope(double target, double tolerance) {
        var near = Condition.within(target, tolerance);
        return is(new Condition("slope " + near.text(), near.test()));
    }

    /**
     * Requires a condition.
     *
     * @param required on the measured figure
     * @return this claim
     * @throws IllegalArgumentException if the claim has one
     */
    public Claim is(Condition required) {
        Require.notNull("required", required);
        setCondition(required.text());
        needed = required;
        return this;
    }

    /**
     * Requires something that was decided in code.
     *
     * @param holds whether it holds
     * @return this claim
     * @throws IllegalArgumentException if the claim has a condition
     */
    public Claim holds(boolean holds) {
        setCondition("holds");
        met = holds;
        return this;
    }

    private void setCondition(String text) {
        Require.that(condition == null, "condition of claim " + id, "given once", text);
        condition = text;
    }

    /**
     * Gives the weaker condition under which the claim counts as partly reproduced.
     *
     * @param condition on the measured figure
     * @return this claim
     * @throws IllegalArgumentException if the claim has a weaker condition
     */
    public Claim partlyIf(Condition condition) {
        requireOneWeaker(Require.notNull("condition", condition).text());
        weaker = condition;
        return this;
    }

    /**
     * Says whether the weaker form of the claim holds.
     *
     * @param holds whether it does
     * @return this claim
     * @throws IllegalArgumentException if the claim has a weaker condition
     */
    public Claim partlyIf(boolean holds) {
        requireOneWeaker(String.valueOf(holds));
        partlyMet = holds;
        return this;
    }

    private void requireOneWeaker(String given) {
        Require.that(
                weaker == null && partlyMet == null,
                "weaker condition of claim " + id,
                "given once",
                given);
    }

    /**
     * Decides the claim.
     *
     * @return the verdict
     * @throws IllegalArgumentException if the condition or the measured figure is missing
     */
    public Verdict verdict() {
        Require.that(
                condition != null,
                "condition of claim " + id,
                "given (atLeast, atMost, within, between, slope, is or holds)",
                "none");
        Require.that(
                hasFigure || (needed == null && weaker == null),
                "figure of claim " + id,
                "given with measured(...)",
                "none");
        if (hasFigure && Double.isNaN(measured)) {
            return Verdict.NOT_REPRODUCED;
        }
        if (needed == null ? met : needed.holds(measured)) {
            return Verdict.REPRODUCED;
        }
        boolean partly = weaker == null ? Boolean.TRUE.equals(partlyMet) : weaker.holds(measured);
        return partly ? Verdict.PARTLY : Verdict.NOT_REPRODUCED;
    }

    String id() {
        return id;
    }

    String statement() {
        return statement;
    }

    String paperFigure() {
        return paper;
    }

    /** The figure; 1 or 0 for a claim that only holds or does not. */
    double figure() {
        return hasFigure ? measured : met ? 1 : 0;
    }

    BootstrapInterval interval() {
        return interval;
    }

    String unit() {
        return unit;
    }

    boolean isTiming() {
        return timing;
    }

    boolean isOnThisMachine() {
        return machine;
    }

    String conditionText() {
        return weaker == null ? condition : condition + " (partly: " + weaker.text() + ")";
    }

    /** The note, with what the reader must know of a figure that is not a number. */
    String noteText() {
        if (hasFigure && Double.isNaN(measured)) {
            return note.isEmpty() ? "the figure is NaN" : "the figure is NaN; " + note;
        }
        return note;
    }

    /** The figure as the ledger shows it. */
    String figureText() {
        if (!hasFigure) {
            return met ? "yes" : "no";
        }
        String text = Numbers.format(measured) + (unit.isEmpty() ? "" : " " + unit);
        return interval == null
                ? text
                : text
                        + " ["
                        + Numbers.format(interval.low())
                        + ", "
                        + Numbers.format(interval.high())
                        + "]";
    }

    @Override
    public String toString() {
        if (condition == null) {
            return id + ": " + statement;
        }
        return timing || machine
                ? id + (timing ? ": timed" : ": differs between machines")
                : id + ": " + verdict().label() + ", measured " + figureText() + ", " + condition;
    }
}
