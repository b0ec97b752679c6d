package org.konvergo.notebook.kernel;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.konvergo.notebook.display.Display;
import org.konvergo.notebook.display.Displays;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.notebook.display.Renderers;

/** Glue to JJava, which finds it by its service file when the kernel starts. */
public final class JJavaGlue implements Extension {
    /** Made by the kernel. */
    public JJavaGlue() {}

    @Override
    public void install(BaseKernel kernel) {
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

    @Override
    public void uninstall(BaseKernel kernel) {
        Displays.install(null);
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
                // Not setDisplayId, whose return type changes between releases.
                data.putTransientData("display_id", id);
            }
            return data;
        }
    }
}
