/** Metrics: pure functions with the field's names. Each page cites where the metric is defined. */
package org.konvergo.metric;
