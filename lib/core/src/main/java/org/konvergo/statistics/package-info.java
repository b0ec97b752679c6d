/**
 * Statistics: estimators and their algorithms. So far {@linkplain org.konvergo.statistics.KMeans
 * k-means}, which other families use to reduce their data.
 */
package org.konvergo.statistics;
