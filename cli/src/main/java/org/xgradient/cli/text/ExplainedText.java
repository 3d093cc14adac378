package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A text with what each of its words adds.
 *
 * @param line its line or row
 * @param label its label, if it is known
 * @param predicted the predicted class
 * @param explained the class whose logit is explained
 * @param probability the probability of that class
 * @param words the words as they are written
 * @param known the words as the vocabulary has them
 * @param leftOut how many words behind them the model does not take
 * @param contributions what each word adds to the logit
 * @param output the logit
 * @param baseline the logit of a text of blanks; empty if the method is not complete
 * @param completenessError how far the words are from adding up to the logit; empty if they need
 *     not
 */
public record ExplainedText(
    int line,
    Optional<String> label,
    String predicted,
    String explained,
    double probability,
    ImmutableList<String> words,
    ImmutableList<String> known,
    int leftOut,
    ImmutableDoubleArray contributions,
    double output,
    OptionalDouble baseline,
    OptionalDouble completenessError) {

  /** {@return what all words add together} */
  public double sum() {
    return contributions.stream().sum();
  }
}
