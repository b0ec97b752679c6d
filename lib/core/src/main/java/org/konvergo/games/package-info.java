/**
 * Games between several players: best-reply dynamics, and the water-filling game of power control.
 */
package org.konvergo.games;
