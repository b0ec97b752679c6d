/**
 * Games between several players: best-reply dynamics, and the water-filling game of power control;
 * and games of preferences between responses, with multiplicative weights that find their
 * equilibria and the losses that train policies on preferences.
 */
package org.konvergo.games;
