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
import org.xgradient.attribution.completeness.Completeness;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.data.FloatArray;
import org.xgradient.data.NearestName;
import org.xgradient.data.Task;
import org.xgradient.data.text.EncodedText;
import org.xgradient.graph.Target;
import org.xgradient.report.text.Numbers;
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
   * @param completeness how far words are from adding up; empty if they need not
   */
  public record Explained(
      ImmutableList<ExplainedText> texts, String method, Optional<Completeness> completeness) {

    /** {@return how many texts there are, and how far their words are from adding up} */
    public String summary() {
      return "Explained %s%s"
          .formatted(
              Numbers.count(texts.size(), "text"),
              completeness
                  .map(Completeness::relativeGap)
                  .filter(Double::isFinite)
                  .map(Numbers::percent)
                  .map(
                      "; the words of a text add up to the change of its logit but for %s of it"
                          ::formatted)
                  .orElse(""));
    }
  }

  /** What the method of a name found. */
  private record Found(Attributions attributions, String method) {}

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
    Found found = found(tokens, options.runs().withTarget(of));
    Attributions ofEmbeddings = found.attributions();
    Attributions words =
        new Attributions(
            WordAttributions.of(ofEmbeddings).values(),
            ofEmbeddings.logits(),
            ofEmbeddings.explained(),
            ofEmbeddings.baselineOutput());
    var predictions = new TextPredictions(info.classes(), words.logits());
    ImmutableList.Builder<ExplainedText> explained = ImmutableList.builder();
    for (int row = 0; row < texts.encoded().size(); row++) {
      int predicted = predictions.predicted(row);
      int index = one.orElse(predicted);
      // Of two classes there is one logit, that of the second; that of the first is its negative.
      int sign = binary && index == 0 ? -1 : 1;
      explained.add(text(texts, row, words, predictions, predicted, index, sign));
    }
    return new Explained(explained.build(), found.method(), words.completeness());
  }

  private ExplainedText text(
      ReadTexts texts,
      int row,
      Attributions words,
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
            .baselineOutput()
            .map(blanks -> OptionalDouble.of(0 + sign * (double) blanks.values()[row]))
            .orElseGet(OptionalDouble::empty),
        words
            .completenessGap()
            .map(gaps -> OptionalDouble.of(Math.abs(gaps.values()[row])))
            .orElseGet(OptionalDouble::empty));
  }

  private Found found(FloatArray tokens, AttributorOptions runs) {
    MethodOption method = options.ofTable();
    return switch (method) {
      case AUTO -> {
        var choice =
            AutomaticMethod.choose(
                model.model(),
                tokens.rows(0, Math.min(TEXTS_OF_CHOICE, tokens.rows())),
                options.automatic(runs));
        Attributions all =
            choice
                .attributions()
                .continued(
                    tokens.rows(),
                    from -> choice.attributor().attribute(tokens.rows(from, tokens.rows())));
        yield new Found(all, nameOf(choice.method()));
      }
      case EG ->
          throw new IllegalArgumentException(
              "--method eg compares with other rows, and texts have none of the same words; give xg,"
                  + " ig, ixg or grad");
      default -> {
        AttributionMethod given = options.method(method, Optional.empty());
        yield new Found(Attributor.of(model.model(), given, runs).attribute(tokens), nameOf(given));
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
