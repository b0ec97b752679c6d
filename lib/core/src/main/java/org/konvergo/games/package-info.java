/**
 * Games between several players: best-reply dynamics, the water-filling game of power control, and
 * zero-sum matrix games.
 */
package org.konvergo.games;
