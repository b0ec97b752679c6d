package org.konvergo.control;

import org.konvergo.Require;

/**
 * Control of a {@link StefanProblem} at times tau, 2 tau, ..., T; also a gradient with respect to
 * one.
 *
 * @param front s, of length n
 * @param flux g, of length n
 * @param diffusion a
 */
public record StefanControl(double[] front, double[] flux, double diffusion) {
    /**
     * Checks the arguments.
     *
     * @param front as above
     * @param flux as above
     * @param diffusion as above
     * @throws IllegalArgumentException if the lengths differ or a number is not finite
     */
    public StefanControl {
        Require.finite("front", front);
        Require.finite("flux", Require.length("flux", flux, front.length));
        Require.finite("diffusion", diffusion);
    }
}
