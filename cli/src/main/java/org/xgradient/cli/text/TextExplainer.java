package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.data.FloatArray;
import org.xgradient.data.NearestName;
import org.xgradient.data.Task;
import org.xgradient.data.text.EncodedText;
import org.xgradient.graph.Target;
import org.xgradient.training.text.TextModel;
import org.xgradient.training.text.TextModelInfo;
import org.xgradient.training.text.TextPredictions;
import org.xgradient.training.text.WordAttributions;

/**
 * Explains texts word by word.
 *
 * @param model the model, borrowed
 * @param options how attributions are computed
 * @param target the class to explain; empty for that which is predicted of each text
 */
public record TextExplainer(TextModel model, AttributionOptions options, Optional<String> target) {

  private static final String PREDICTED = "predicted";

  /** The automatic choice of a method takes many gradients of each. */
  private static final int TEXTS_OF_CHOICE = 64;

  /**
   * Texts and what explained them.
   *
   * @param texts the texts
   * @param method the name of the method
   */
  public record Explained(ImmutableList<ExplainedText> texts, String method) {}

  /** A method that runs, and its name. */
  private record Chosen(Attributor attributor, String method) {}

  /**
   * Explains texts.
   *
   * @throws IllegalArgumentException if there is no such class, or the method is not for texts
   */
  public Explained explain(ReadTexts texts) {
    TextModelInfo info = model.info();
    OptionalInt one = oneClass();
    FloatArray tokens = info.preprocessing().tokens(texts.encoded());
    boolean binary = info.classes().task() == Task.BINARY;
    Target of = one.isPresent() && !binary ? Target.index(one.getAsInt()) : Target.predicted();
    Chosen chosen = chosen(tokens, options.runs().withTarget(of));
    Attributions found = chosen.attributor().attribute(tokens);
    WordAttributions words = WordAttributions.of(found);
    var predictions = new TextPredictions(info.classes(), found.logits());
    ImmutableList.Builder<ExplainedText> explained = ImmutableList.builder();
    for (int row = 0; row < texts.encoded().size(); row++) {
      int predicted = predictions.predicted(row);
      int index = one.orElse(predicted);
      // Of two classes there is one logit, that of the second; that of the first is its negative.
      int sign = binary && index == 0 ? -1 : 1;
      explained.add(text(texts, row, words, predictions, predicted, index, sign));
    }
    return new Explained(explained.build(), chosen.method());
  }

  private ExplainedText text(
      ReadTexts texts,
      int row,
      WordAttributions words,
      TextPredictions predictions,
      int predicted,
      int index,
      int sign) {
    EncodedText encoded = texts.encoded().get(row);
    int steps = words.values().rowSize();
    ImmutableDoubleArray.Builder contributions = ImmutableDoubleArray.builder();
    for (int step = 0; step < encoded.words().size(); step++) {
      // 0 + x, for there is no negative zero in a table.
      contributions.add(0 + sign * (double) words.values().values()[row * steps + step]);
    }
    ImmutableList<String> classes = model.info().classes().names();
    return new ExplainedText(
        texts.texts().lines().get(row),
        texts.texts().labels().map(labels -> labels.get(row)),
        classes.get(predicted),
        classes.get(index),
        predictions.probabilities(row).get(index),
        encoded.words(),
        encoded.words().stream()
            .map(model.info().preprocessing().tokenizer()::normalize)
            .collect(ImmutableList.toImmutableList()),
        encoded.leftOut(),
        contributions.build(),
        0 + sign * (double) words.explained().values()[row],
        words
            .baseline()
            .map(blanks -> OptionalDouble.of(0 + sign * (double) blanks.values()[row]))
            .orElseGet(OptionalDouble::empty));
  }

  private Chosen chosen(FloatArray tokens, AttributorOptions runs) {
    MethodOption method = options.ofTable();
    return switch (method) {
      case AUTO -> {
        var choice =
            AutomaticMethod.choose(
                model.model(),
                tokens.rows(0, Math.min(TEXTS_OF_CHOICE, tokens.rows())),
                options.automatic(runs));
        yield new Chosen(choice.attributor(), nameOf(choice.method()));
      }
      case EG ->
          throw new IllegalArgumentException(
              "--method eg compares with other rows, and texts have none of the same words; give xg,"
                  + " ig, ixg or grad");
      default -> {
        AttributionMethod given = options.method(method, Optional.empty());
        yield new Chosen(Attributor.of(model.model(), given, runs), nameOf(given));
      }
    };
  }

  private static String nameOf(AttributionMethod method) {
    return method.getClass().getSimpleName();
  }

  private OptionalInt oneClass() {
    if (target.isEmpty() || target.get().equals(PREDICTED)) {
      return OptionalInt.empty();
    }
    ImmutableList<String> classes = model.info().classes().names();
    int index = classes.indexOf(target.get());
    if (index < 0) {
      throw new IllegalArgumentException(
          "--target must be a class or %s, found \"%s\"; %sthe classes are %s"
              .formatted(
                  PREDICTED,
                  target.get(),
                  NearestName.closeTo(target.get(), classes)
                      .map("did you mean \"%s\"? "::formatted)
                      .orElse(""),
                  String.join(", ", classes)));
    }
    return OptionalInt.of(index);
  }
}
