package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.xgradient.cli.text.ReadTexts;
import org.xgradient.data.FloatArray;
import org.xgradient.report.ColouredText;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/**
 * Texts with their words coloured, one below the other for each method.
 *
 * @param texts the texts, with labels
 * @param contributions what each word adds, of shape {@code [texts, steps]}, by the method
 */
record WordsByMethod(ReadTexts texts, ImmutableMap<String, FloatArray> contributions)
    implements Example {

  /** Of each a reader compares some methods; more are found by the command that explains. */
  private static final int SHOWN = 20;

  @Override
  public void addTo(HtmlPage page) {
    ImmutableList.Builder<ColouredText> all = ImmutableList.builder();
    for (int row = 0; row < Math.min(SHOWN, texts.encoded().size()); row++) {
      for (Map.Entry<String, FloatArray> method : contributions.entrySet()) {
        all.add(coloured(row, method.getKey(), method.getValue()));
      }
    }
    page.texts(all.build());
  }

  private ColouredText coloured(int row, String method, FloatArray values) {
    ImmutableList<String> words = texts.encoded().get(row).words();
    ImmutableList.Builder<ColouredText.Word> coloured = ImmutableList.builder();
    double sum = 0;
    for (int step = 0; step < words.size(); step++) {
      double value = values.values()[row * values.rowSize() + step];
      coloured.add(new ColouredText.Word(words.get(step), value));
      sum += value;
    }
    Optional<String> label = texts.texts().labels().map(labels -> labels.get(row));
    return new ColouredText(
        "%s %d, label %s: %s"
            .formatted(
                texts.texts().unit(),
                texts.texts().lines().get(row),
                SafeText.isolated(label.orElseThrow()),
                method),
        coloured.build(),
        "words together " + Numbers.significant(sum, 3),
        false);
  }
}
