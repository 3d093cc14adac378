package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.cli.option.RowsOutput;
import org.xgradient.report.Formulas;
import org.xgradient.training.text.TextModel;
import org.xgradient.training.text.TextPredictions;

/**
 * Predicts texts.
 *
 * @param model the model, borrowed
 * @param formulas what is done with texts that a spreadsheet would compute
 */
public record TextPrediction(TextModel model, Formulas formulas) {

  /**
   * Writes a row for each text.
   *
   * @throws IOException if the file can't be written
   */
  public void write(ReadTexts texts, Path out) throws IOException {
    TextPredictions predictions = model.predict(texts.encoded());
    ImmutableList<String> classes = model.info().classes().names();
    List<String> header = new ArrayList<>(List.of(texts.texts().unit().toString()));
    texts.texts().labels().ifPresent(labels -> header.add("label"));
    header.add("predicted");
    classes.forEach(name -> header.add("probability of " + name));
    header.addAll(List.of("words", "unknown words", "words left out", "text"));
    RowsOutput.write(
        out,
        formulas,
        header,
        rows -> {
          for (int i = 0; i < predictions.size(); i++) {
            int index = i;
            List<Object> cells = new ArrayList<>(List.of(texts.texts().lines().get(i)));
            texts.texts().labels().ifPresent(labels -> cells.add(labels.get(index)));
            cells.add(classes.get(predictions.predicted(i)));
            cells.addAll(predictions.probabilities(i));
            cells.add(texts.encoded().get(i).words().size());
            cells.add(texts.encoded().get(i).unknown());
            cells.add(texts.encoded().get(i).leftOut());
            cells.add(texts.texts().texts().get(i));
            rows.row(cells);
          }
        });
  }
}
