package org.konvergo.control;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.problem.Smooth;

/**
 * The cost of a {@link StefanProblem} as a function of those parts of the control that are not
 * known, in the order front, flux, diffusion; the others stay as given. A multiple of the integral
 * of g'^2 may be added.
 *
 * @param adjoint mesh and cost
 * @param known the parts that stay
 * @param front whether s is unknown
 * @param flux whether g is unknown
 * @param diffusion whether a is unknown
 * @param smoothing weight of the integral of g'^2, non-negative
 */
public record StefanFit(
        StefanAdjoint adjoint,
        StefanControl known,
        boolean front,
        boolean flux,
        boolean diffusion,
        double smoothing)
        implements Smooth {
    /**
     * Checks the arguments.
     *
     * @param adjoint as above
     * @param known as above
     * @param front as above
     * @param flux as above
     * @param diffusion as above
     * @param smoothing as above
     * @throws IllegalArgumentException if lengths do not fit, s or a is not positive, nothing is
     *     unknown or the smoothing is negative
     */
    public StefanFit {
        Require.notNull("adjoint", adjoint).solver().check(known);
        Require.that(front || flux || diffusion, "unknown", "at least one part", "none");
        Require.nonNegative("smoothing", smoothing);
    }

    @Override
    public int dimension() {
        int n = known.front().length;
        return (front ? n : 0) + (flux ? n : 0) + (diffusion ? 1 : 0);
    }

    /**
     * The whole control.
     *
     * @param x the unknown parts
     * @return with the known ones
     * @throws IllegalArgumentException if the length is wrong
     */
    public StefanControl control(double[] x) {
        Require.length("x", x, dimension());
        int n = known.front().length;
        int at = front ? n : 0;
        return new StefanControl(
                front ? Arrays.copyOf(x, n) : known.front(),
                flux ? Arrays.copyOfRange(x, at, at + n) : known.flux(),
                diffusion ? x[x.length - 1] : known.diffusion());
    }

    /**
     * The unknown parts of a control or gradient.
     *
     * @param control the whole
     * @return what is unknown of it, a new vector
     */
    public double[] unknown(StefanControl control) {
        int n = known.front().length;
        var x = new double[dimension()];
        int at = 0;
        if (front) {
            System.arraycopy(control.front(), 0, x, 0, n);
            at = n;
        }
        if (flux) {
            System.arraycopy(control.flux(), 0, x, at, n);
        }
        if (diffusion) {
            x[x.length - 1] = control.diffusion();
        }
        return x;
    }

    @Override
    public double value(double[] x) {
        var control = control(x);
        return value(control, adjoint.solver().solve(control));
    }

    private double value(StefanControl control, double[][] v) {
        double roughness = 0;
        double[] g = control.flux();
        for (int k = 1; k < g.length; k++) {
            roughness += (g[k] - g[k - 1]) * (g[k] - g[k - 1]) / adjoint.solver().tau();
        }
        return adjoint.cost().value(adjoint.solver(), control, v) + smoothing * roughness;
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        valueAndGradient(x, gradient);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        Require.length("gradient", gradient, dimension());
        var control = control(x);
        double[][] v = adjoint.solver().solve(control);
        var whole = adjoint.gradient(control, v);
        double[] g = control.flux();
        double tau = adjoint.solver().tau();
        for (int k = 1; k < g.length; k++) {
            double change = 2 * smoothing * (g[k] - g[k - 1]) / tau;
            whole.flux()[k] += change;
            whole.flux()[k - 1] -= change;
        }
        System.arraycopy(unknown(whole), 0, gradient, 0, gradient.length);
        return value(control, v);
    }
}
