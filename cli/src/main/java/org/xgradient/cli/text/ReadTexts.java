package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import org.xgradient.data.DataException;
import org.xgradient.data.text.EncodedText;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.training.text.TextModel;

/**
 * Texts as a model sees them.
 *
 * @param texts the texts
 * @param encoded their words
 */
public record ReadTexts(LabelledTexts texts, ImmutableList<EncodedText> encoded) {

  private static final double MOST_UNKNOWN = 0.5;

  /**
   * Encodes texts, and says on the standard error stream what the model does not see of them.
   *
   * @throws DataException if a text has no words
   */
  public static ReadTexts of(TextModel model, LabelledTexts texts) {
    var read = new ReadTexts(texts, model.encode(texts.texts()));
    read.judge(model.info().preprocessing().steps());
    return read;
  }

  private void judge(int steps) {
    int cut = 0;
    String firstCut = "";
    int foreign = 0;
    long words = 0;
    long unknown = 0;
    for (int i = 0; i < encoded.size(); i++) {
      EncodedText text = encoded.get(i);
      if (text.words().isEmpty()) {
        throw new DataException(
            "%s has no words; write a text there, or delete it".formatted(texts.place(i)));
      }
      if (text.leftOut() > 0) {
        firstCut = cut == 0 ? texts.place(i) : firstCut;
        cut++;
      }
      words += text.words().size();
      unknown += text.unknown();
      foreign += text.unknown() == text.words().size() ? 1 : 0;
    }
    if (cut > 0) {
      System.err.printf(
          Locale.ROOT,
          "warning: %d of %d texts are longer than the %d words that the model takes, the first on %s;"
              + " what is behind them is left out%n",
          cut,
          encoded.size(),
          steps,
          firstCut);
    }
    if (foreign > 0) {
      System.err.printf(
          Locale.ROOT,
          "warning: the model knows no word of %d of %d texts%n",
          foreign,
          encoded.size());
    }
    if (unknown > MOST_UNKNOWN * words) {
      System.err.printf(
          Locale.ROOT,
          "warning: the model does not know %.0f %% of the words; are they of the language and form"
              + " that it was trained on?%n",
          100.0 * unknown / words);
    }
  }
}
