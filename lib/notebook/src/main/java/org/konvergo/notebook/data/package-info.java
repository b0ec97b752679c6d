/** Readers of data files: IDX, CSV and LIBSVM, plain or compressed with gzip. */
package org.konvergo.notebook.data;
