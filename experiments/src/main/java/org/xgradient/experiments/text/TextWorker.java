package org.xgradient.experiments.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Seeds;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.data.text.VocabularyOptions;
import org.xgradient.experiments.Workers;
import org.xgradient.experiments.text.TextExperiment.Arm;
import org.xgradient.experiments.text.TextExperiment.Configuration;
import org.xgradient.experiments.text.TextExperiment.Result;
import org.xgradient.experiments.text.TextExperiment.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.metrics.Accuracy;
import org.xgradient.metrics.masking.KeptFractions;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.objective.WordMaskPrior;
import org.xgradient.training.objective.WordReplacementPrior;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.text.TextNetwork;
import org.xgradient.training.text.WordAttributions;
import org.xgradient.training.text.WordMasking;

/** Trains on texts, explains some test texts, and judges both. */
record TextWorker(List<TextData> all, Configuration configuration)
    implements Workers.Worker<Task, Result> {

  /** No word of any language that we know. */
  private static final String PLANTED = "zqxv";

  private static final int LEAST_COUNT = 2;
  private static final int MOST_WORDS = 20_000;

  @Override
  public Result run(Task task) {
    TextData data =
        all.stream().filter(one -> one.name().equals(task.data())).findFirst().orElseThrow();
    long seed = Seeds.derive(configuration.seed(), "repetition", task.repetition());
    TextData.Parts parts = data.parts(seed);
    boolean planted = task.arm().compareTo(Arm.PLANTED) >= 0;
    LabelledTexts train = data.texts().subset(parts.train());
    LabelledTexts test = data.texts().subset(parts.test());
    TextClasses classes = data.classes();
    if (planted) {
      String told = classes.names().get(classes.names().size() - 1);
      train = planted(train, Optional.of(told), seed);
    }
    var preprocessing =
        TextPreprocessing.fit(
            train.texts(),
            data.tokenizer(),
            new VocabularyOptions(MOST_WORDS, LEAST_COUNT, configuration.longest()));
    Texts texts = new Texts(preprocessing, classes);
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      EmbeddedModel model =
          network(task.arm()).network(preprocessing, classes).build(session, seed);
      InMemoryDataset training = texts.dataset(train);
      Trainer.of(model, Objective.of(training, priors(task.arm(), preprocessing)))
          .fit(training, options(seed, training.size()));
      InMemoryDataset judges = texts.dataset(test);
      double accuracy = new Accuracy().of(model, judges);
      double withWord =
          planted
              ? new Accuracy().of(model, texts.dataset(planted(test, Optional.empty(), seed)))
              : accuracy;
      return explained(model, judges, task.arm() != Arm.REGULAR, seed, accuracy, withWord);
    }
  }

  /** Numbers of words, and labels. */
  private record Texts(TextPreprocessing preprocessing, TextClasses classes) {
    InMemoryDataset dataset(LabelledTexts texts) {
      var encoded =
          texts.texts().stream()
              .map(preprocessing::encode)
              .collect(ImmutableList.toImmutableList());
      return InMemoryDataset.of(
          preprocessing.tokens(encoded), classes.encode(texts), classes.task(), classes.outputs());
    }
  }

  /** With the word before each text of a class, or before every second text of any class. */
  private static LabelledTexts planted(LabelledTexts texts, Optional<String> told, long seed) {
    DataRandom random = new DataRandom(Seeds.derive(seed, "planted"));
    ImmutableList<String> labels = texts.labels().orElseThrow();
    ImmutableList.Builder<String> changed = ImmutableList.builder();
    for (int i = 0; i < texts.size(); i++) {
      boolean has = told.map(labels.get(i)::equals).orElseGet(() -> random.nextInt(2) == 0);
      changed.add(has ? PLANTED + " " + texts.texts().get(i) : texts.texts().get(i));
    }
    return new LabelledTexts(changed.build(), texts.labels(), texts.lines(), texts.unit());
  }

  private TextNetwork network(Arm arm) {
    return new TextNetwork(
        TextNetwork.Kind.CNN,
        configuration.dimension(),
        configuration.filters(),
        ImmutableIntArray.copyOf(configuration.widths()),
        arm == Arm.REGULAR);
  }

  private WeightedPrior[] priors(Arm arm, TextPreprocessing preprocessing) {
    var word = ImmutableIntArray.of(preprocessing.number(PLANTED));
    return switch (arm) {
      case REGULAR, X, PLANTED -> new WeightedPrior[0];
      case PLANTED_MASK ->
          new WeightedPrior[] {new WordMaskPrior(new XGradient(), word, configuration.lambda())};
      case PLANTED_REPLACED ->
          new WeightedPrior[] {new WordReplacementPrior(word, configuration.lambda())};
    };
  }

  private TrainingOptions options(long seed, int examples) {
    return TrainingOptions.withDefaults()
        .withSeed(seed)
        .withEpochs(configuration.epochs())
        .withBatchSize(Math.min(configuration.batchSize(), examples))
        .withSchedule(LearningRateSchedule.cosine(configuration.learningRate(), 0));
  }

  private Result explained(
      EmbeddedModel model,
      InMemoryDataset test,
      boolean homogeneous,
      long seed,
      double accuracy,
      double withWord) {
    int count = Math.min(configuration.explained(), test.size());
    int[] drawn =
        Arrays.copyOf(
            new DataRandom(Seeds.derive(seed, "explained")).permutation(test.size()), count);
    var batch = test.batch(drawn);
    FloatArray tokens = batch.inputs();
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (int) batch.labels().values()[i];
    }
    AttributionMethod single = homogeneous ? new XGradient() : new InputXGradient();
    AttributionMethod many =
        IntegratedGradients.withDefaults()
            .withQuadrature(Quadrature.gaussLegendre(configuration.steps()));
    Timed one = timed(model, single, tokens, labels);
    Timed path = timed(model, many, tokens, labels);
    var masking = new WordMasking(model, tokens, labels, KeptFractions.linear(6));
    FloatArray random = FloatArray.zeros(tokens.shape().toArray());
    DataRandom draws = new DataRandom(Seeds.derive(seed, "random"));
    for (int i = 0; i < random.size(); i++) {
      random.values()[i] = (float) draws.nextGaussian();
    }
    return new Result(
        accuracy,
        difference(one.words().values(), path.words().values()),
        gap(one.words(), path.words()),
        masking.curve("one", MaskingMetric.KAM, one.words().values()).auc(),
        masking.curve("many", MaskingMetric.KAM, path.words().values()).auc(),
        masking.curve("one", MaskingMetric.RAM, one.words().values()).auc(),
        masking.curve("many", MaskingMetric.RAM, path.words().values()).auc(),
        masking.curve("random", MaskingMetric.KAM, random).auc(),
        path.seconds() / one.seconds(),
        withWord);
  }

  /** Contributions and how long they took. */
  private record Timed(WordAttributions words, double seconds) {}

  private static Timed timed(
      EmbeddedModel model, AttributionMethod method, FloatArray tokens, int[] labels) {
    var runs = AttributorOptions.withDefaults().withTarget(Target.label());
    Attributor attributor = Attributor.of(model, method, runs);
    // The first run is longer: TensorFlow prepares the graph.
    attributor.attribute(tokens.rows(0, 1), Arrays.copyOf(labels, 1));
    long start = System.nanoTime();
    Attributions found = attributor.attribute(tokens, labels);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Timed(WordAttributions.of(found), seconds);
  }

  private static double difference(FloatArray one, FloatArray many) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < one.size(); i++) {
      sum += Math.abs((double) one.values()[i] - many.values()[i]);
      total += Math.abs(many.values()[i]);
    }
    return sum / total;
  }

  /** The baseline is that of the path: input times gradient has none of its own. */
  private static double gap(WordAttributions one, WordAttributions path) {
    double sum = 0;
    double total = 0;
    int steps = one.values().rowSize();
    for (int row = 0; row < one.values().rows(); row++) {
      double change = path.explained().values()[row] - path.baseline().orElseThrow().values()[row];
      double added = 0;
      for (int step = 0; step < steps; step++) {
        added += one.values().values()[row * steps + step];
      }
      sum += Math.abs(added - change);
      total += Math.abs(change);
    }
    return sum / total;
  }
}
