package org.xgradient.graph.savedmodel;

import java.util.Arrays;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;

/** Runs a loaded model on examples, in batches that it takes. */
final class ExampleRuns {

  private static final int ROWS_PER_RUN = 256;

  private ExampleRuns() {}

  static FloatArray logits(LoadedModel loaded, Examples examples) {
    ForwardPass pass = ForwardPass.ofInference(loaded);
    FloatArray explained = examples.explained();
    int outputs = loaded.model().outputs();
    int rows = explained.rows();
    FloatArray all = FloatArray.zeros(rows, outputs);
    boolean fixed = loaded.model().fixedBatch().isPresent();
    int batch = loaded.model().fixedBatch().orElse(ROWS_PER_RUN);
    for (int from = 0; from < rows; from += batch) {
      int first = from;
      int kept = Math.min(batch, rows - from);
      int[] of = new int[fixed ? batch : kept];
      Arrays.setAll(of, i -> Math.min(first + i, rows - 1));
      Feeds feeds = examples.fixed().addTo(Feeds.of(pass.inputs(), explained.gather(of)), of);
      float[] logits = loaded.session().run(feeds, pass.logits()).values();
      System.arraycopy(logits, 0, all.values(), from * outputs, kept * outputs);
    }
    return all;
  }
}
