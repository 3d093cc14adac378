package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import org.xgradient.data.Provenance;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.model.ModelDirectory;

/** A training whose data are read and whose options are checked, before its first step. */
interface PlannedTraining {

  /**
   * Checks that the model can be written.
   *
   * @throws IOException if there is something else
   */
  default void checkWritable(Path out) throws IOException {
    ModelDirectory.checkWritable(out);
  }

  /** {@return the name of the data} */
  String data();

  /** {@return how to train if the user doesn't say} */
  UsualTraining usual();

  /** Adds what is trained on what. */
  Provenance describe(Provenance provenance);

  /**
   * Trains, and writes the model directory.
   *
   * @param out the model directory
   * @param unfinished where the state is kept until that is written
   * @param resume whether to go on from what is there
   * @param provenance what the model says of where it came from, to which the results are added
   * @return the sizes and scores, and what became of the priors, to be shown
   * @throws IOException if the model can't be written
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  ImmutableList<ReportTable> run(
      Path out, UnfinishedTraining unfinished, boolean resume, Provenance provenance)
      throws IOException;
}
