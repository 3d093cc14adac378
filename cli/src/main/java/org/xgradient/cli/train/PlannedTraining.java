package org.xgradient.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.data.Provenance;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.Checkpoint;

/** A training whose data are read and whose options are checked, before its first step. */
interface PlannedTraining {

  /** {@return the name of the data} */
  String data();

  /** {@return the number of rows or images of a step, if the user doesn't say} */
  int usualBatch();

  /** Adds what is trained on what. */
  Provenance describe(Provenance provenance);

  /**
   * Trains, and writes the model directory.
   *
   * @param out the model directory
   * @param unfinished where the state is kept until that is written
   * @param start the state to go on from; empty to begin
   * @param provenance what the model says of where it came from, to which the results are added
   * @return the sizes and scores, to be shown
   * @throws IOException if the model can't be written
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  ReportTable run(
      Path out, UnfinishedTraining unfinished, Optional<Checkpoint> start, Provenance provenance)
      throws IOException;
}
