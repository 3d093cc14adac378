package org.xgradient.experiments.text;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.PreparedWork;

/**
 * Texts: an X-network beside the regular one, X-Gradient beside Integrated Gradients, and a word
 * that is planted in one class and that priors keep the network from.
 */
public final class TextExperiment
    implements Experiment<
        TextExperiment.Configuration, TextExperiment.Task, TextExperiment.Result> {

  /** The paper has no texts. */
  private static final String EXPECTED = "theory";

  /** Up to which difference two accuracies count as the same. */
  private static final double MARGIN = 0.015;

  /**
   * The configuration.
   *
   * @param texts a folder with the files of TREC or of SMS messages; empty for generated questions
   * @param only the names of the data to take; empty for all
   * @param repetitions the number of repetitions, at least 2
   * @param planted the number of repetitions with a planted word, at most as many; 0 for none
   * @param dimension the length of an embedding
   * @param filters the number of filters of each width
   * @param widths the widths of the kernels in words
   * @param longest the most words of a text
   * @param epochs the epochs of each training
   * @param batchSize the texts of a step
   * @param learningRate the learning rate at the start; it falls to 0 as half a cosine
   * @param explained the most test texts that are explained
   * @param steps the steps of Integrated Gradients
   * @param lambda the weight of the priors that keep from the planted word
   * @param seed what all draws start from
   */
  public record Configuration(
      String texts,
      List<String> only,
      int repetitions,
      int planted,
      int dimension,
      int filters,
      List<Integer> widths,
      int longest,
      int epochs,
      int batchSize,
      double learningRate,
      int explained,
      int steps,
      double lambda,
      long seed) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are fewer than 2 repetitions, or more with a
     *     planted word than there are
     */
    public Configuration {
      checkArgument(repetitions >= 2, "\"repetitions\" must be at least 2, found %s", repetitions);
      checkArgument(
          planted == 0 || (planted >= 2 && planted <= repetitions),
          "\"planted\" must be 0 or 2 to %s, found %s",
          repetitions,
          planted);
      checkArgument(explained >= 2, "\"explained\" must be at least 2, found %s", explained);
      only = List.copyOf(only);
      widths = List.copyOf(widths);
    }

    ImmutableList<TextData> load() {
      ImmutableList<TextData> all =
          texts.isEmpty()
              ? ImmutableList.of(GeneratedQuestions.draw(seed))
              : TextData.in(Path.of(texts));
      for (String name : only) {
        checkArgument(
            all.stream().anyMatch(data -> data.name().equals(name)),
            "\"only\" must name texts of %s, found \"%s\"",
            all.stream().map(TextData::name).toList(),
            name);
      }
      return all.stream()
          .filter(data -> only.isEmpty() || only.contains(data.name()))
          .collect(toImmutableList());
    }
  }

  /** What is trained. */
  public enum Arm {
    /** A network with biases. */
    REGULAR,
    /** The same without biases. */
    X,
    /** Without biases, on texts with a word that tells one class. */
    PLANTED,
    /** The same with a prior: nothing on the attributions of that word. */
    PLANTED_MASK,
    /** The same with a prior: the same outputs with another word. */
    PLANTED_REPLACED
  }

  /**
   * A piece.
   *
   * @param data the name of the texts
   * @param arm what is trained
   * @param repetition the number of the repetition, from 0
   */
  public record Task(String data, Arm arm, int repetition) {}

  /**
   * What came out, on test texts, none of which has a planted word.
   *
   * @param accuracy the share of right predictions
   * @param difference the absolute difference of the contributions of words by one gradient from
   *     those of Integrated Gradients, over the sum of the latter
   * @param gap how far one gradient's contributions are from adding up, over the change of the
   *     output
   * @param keepOne the area under the curve of the accuracy when the words with most by one
   *     gradient stay
   * @param keepMany the same by Integrated Gradients
   * @param removeOne the area when they are the ones that go
   * @param removeMany the same by Integrated Gradients
   * @param keepRandom the area when random words stay
   * @param cost the time of Integrated Gradients over that of one gradient
   * @param withWord the accuracy when the planted word is in test texts of any class; that without
   *     it where none was planted
   */
  public record Result(
      double accuracy,
      double difference,
      double gap,
      double keepOne,
      double keepMany,
      double removeOne,
      double removeMany,
      double keepRandom,
      double cost,
      double withWord) {}

  @Override
  public Description<Configuration, Task, Result> description() {
    return new Description<>(
        "text",
        "Texts, explained word by word",
        "beyond FAA; Sundararajan et al. 2017, Sec. 6.3; Kim 2014",
        Configuration.class,
        Task.class,
        Result.class);
  }

  @Override
  public ImmutableList<Task> tasks(Configuration configuration) {
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    for (TextData data : configuration.load()) {
      for (int repetition = 0; repetition < configuration.repetitions(); repetition++) {
        for (Arm arm : Arm.values()) {
          if (arm.compareTo(Arm.PLANTED) < 0 || repetition < configuration.planted()) {
            tasks.add(new Task(data.name(), arm, repetition));
          }
        }
      }
    }
    return tasks.build();
  }

  /**
   * All but the numbers of repetitions, with a planted word and without, and the names of the data
   * to take: what these hold is told by {@link PreparedWork#facts()}.
   */
  @Override
  public Object resultsDependOn(Configuration configuration) {
    return List.of(
        configuration.texts(),
        configuration.dimension(),
        configuration.filters(),
        configuration.widths(),
        configuration.longest(),
        configuration.epochs(),
        configuration.batchSize(),
        configuration.learningRate(),
        configuration.explained(),
        configuration.steps(),
        configuration.lambda(),
        configuration.seed());
  }

  @Override
  public PreparedWork<Task, Result> prepare(Configuration configuration) {
    ImmutableList<TextData> all = configuration.load();
    return new PreparedWork<>(
        () -> new TextWorker(all, configuration),
        ImmutableMap.of("texts", all.stream().map(TextData::checksum).collect(joining(" "))));
  }

  @Override
  public ImmutableList<Finding> findings(ExperimentResults<Configuration, Task, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    for (String data : data(results)) {
      double[] x = results.values(is(data, Arm.X), Result::accuracy);
      double[] regular = results.values(is(data, Arm.REGULAR), Result::accuracy);
      findings.add(
          Claim.similar(data + ", test accuracy", "the X-network's", "the regular one's", MARGIN)
              .by(EXPECTED)
              .test(x, regular));
      findings.add(
          Claim.lower(
                  data + ", difference of one gradient from Integrated Gradients",
                  "the X-network's",
                  "the regular one's")
              .by(EXPECTED)
              .test(
                  results.values(is(data, Arm.X), Result::difference),
                  results.values(is(data, Arm.REGULAR), Result::difference)));
      double[] planted = results.values(is(data, Arm.PLANTED), Result::withWord);
      if (planted.length >= 2) {
        for (Arm arm : List.of(Arm.PLANTED_MASK, Arm.PLANTED_REPLACED)) {
          findings.add(
              Claim.higher(
                      data + ", accuracy with the planted word in texts of any class",
                      "that with " + name(arm),
                      "that without a prior")
                  .by(EXPECTED)
                  .test(results.values(is(data, arm), Result::withWord), planted));
        }
      }
    }
    return findings.build();
  }

  /** {@return the names of the texts, in order} */
  public static ImmutableList<String> data(ExperimentResults<Configuration, Task, Result> results) {
    return results.results().keySet().stream()
        .map(Task::data)
        .distinct()
        .collect(toImmutableList());
  }

  /** {@return which pieces are of an arm on some texts} */
  public static java.util.function.Predicate<Task> is(String data, Arm arm) {
    return task -> task.data().equals(data) && task.arm() == arm;
  }

  /** {@return what an arm is called} */
  public static String name(Arm arm) {
    return switch (arm) {
      case REGULAR -> "regular network";
      case X -> "X-network";
      case PLANTED -> "X, planted word";
      case PLANTED_MASK -> "X, planted word, prior on its attribution";
      case PLANTED_REPLACED -> "X, planted word, prior on its replacement";
    };
  }
}
