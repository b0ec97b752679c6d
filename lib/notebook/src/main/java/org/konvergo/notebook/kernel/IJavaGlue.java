package org.konvergo.notebook.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.DisplayStream;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import org.konvergo.notebook.display.Display;
import org.konvergo.notebook.display.Displays;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.notebook.display.Renderers;

/**
 * Glue to the original IJava. Its start-up script needs one line: {@code
 * org.konvergo.notebook.kernel.IJavaGlue.install();}
 */
public final class IJavaGlue {
    private IJavaGlue() {}

    /**
     * Installs into the kernel that runs this notebook.
     *
     * @throws IllegalStateException if IJava does not run here
     */
    public static void install() {
        try {
            // By reflection: IJava itself is in no public repository, its base kernel is.
            var kernel =
                    Class.forName("io.github.spencerpark.ijava.IJava")
                            .getMethod("getKernelInstance")
                            .invoke(null);
            install((BaseKernel) kernel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no IJava kernel runs in this process", e);
        }
    }

    /**
     * Installs into a kernel.
     *
     * @param kernel the kernel
     */
    public static void install(BaseKernel kernel) {
        if (kernel == null) {
            throw new IllegalStateException("no IJava kernel runs in this process");
        }
        for (var type : Renderers.types()) {
            kernel.getRenderer()
                    .createRegistration(type)
                    .preferring(MimeBundle.TEXT)
                    .supporting(MimeBundle.HTML, MimeBundle.PNG)
                    .register(
                            (value, context) ->
                                    fill(context.getOutputContainer(), Renderers.render(value)));
        }
        Displays.install(new Stream(kernel.getIO().display));
    }

    private static void fill(DisplayData data, MimeBundle bundle) {
        bundle.data().forEach((type, content) -> data.putData(type, content));
        bundle.metadata().forEach((type, entries) -> data.putMetaData(type, entries));
    }

    /** Between cells the kernel's stream swallows what is shown. */
    record Stream(DisplayStream out) implements Display {
        @Override
        public void show(MimeBundle bundle, String id) {
            out.display(data(bundle, id));
        }

        @Override
        public void update(MimeBundle bundle, String id) {
            out.updateDisplay(data(bundle, id));
        }

        private static DisplayData data(MimeBundle bundle, String id) {
            var data = new DisplayData();
            fill(data, bundle);
            if (id != null) {
                data.putTransientData("display_id", id);
            }
            return data;
        }
    }
}
