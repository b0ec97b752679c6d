/** Glue to the kernels of Java notebooks, one small class each. */
package org.konvergo.notebook.kernel;
