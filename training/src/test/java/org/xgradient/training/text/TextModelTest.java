package org.xgradient.training.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.data.text.Tokenizer;
import org.xgradient.data.text.VocabularyOptions;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.Target;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.metrics.Accuracy;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.objective.WordMaskPrior;
import org.xgradient.training.objective.WordPriors;
import org.xgradient.training.objective.WordReplacementPrior;
import org.xgradient.training.optimizer.LearningRateSchedule;

/** A model of texts from raw text to raw text. */
class TextModelTest {

  private static final ImmutableList<String> FILLING =
      ImmutableList.of("the", "of", "a", "in", "to", "is", "that", "it");

  private static final TextClasses CLASSES =
      new TextClasses(ImmutableList.of("how", "what", "who"));

  /** Two words tell each class, so that a model need not look at both. */
  private static final ImmutableList<String> PAIRS =
      ImmutableList.of("how many", "what thing", "who else");

  @TempDir private Path folder;

  /** Texts of filling words with one word that tells the class. */
  private static ImmutableList<String> texts(int count, long seed) {
    return texts(count, seed, CLASSES.names());
  }

  private static ImmutableList<String> texts(int count, long seed, List<String> telling) {
    DataRandom random = new DataRandom(seed);
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(5);
      int place = random.nextInt(length);
      for (int word = 0; word < length; word++) {
        text.append(word == place ? telling.get(i % 3) : FILLING.get(random.nextInt(8)));
        text.append(' ');
      }
      texts.add(text.toString());
    }
    return texts.build();
  }

  private static FloatArray labels(int count) {
    FloatArray labels = FloatArray.zeros(count);
    for (int i = 0; i < count; i++) {
      labels.values()[i] = i % 3;
    }
    return labels;
  }

  private static TextPreprocessing preprocessing() {
    return TextPreprocessing.fit(
        texts(90, 1), Tokenizer.withDefaults(), VocabularyOptions.withDefaults());
  }

  private static TextModelInfo info(TextNetwork network) {
    return new TextModelInfo(network, preprocessing(), CLASSES, Provenance.ofThisProcess());
  }

  private static TextNetwork small(boolean biases) {
    return new TextNetwork(TextNetwork.Kind.CNN, 8, 6, ImmutableIntArray.of(1, 2), biases);
  }

  private static InMemoryDataset data(TextModelInfo info, int count, long seed) {
    return data(info, texts(count, seed));
  }

  private static InMemoryDataset data(TextModelInfo info, List<String> texts) {
    int count = texts.size();
    var encoded = texts.stream().map(info.preprocessing()::encode).toList();
    return InMemoryDataset.of(
        info.preprocessing().tokens(encoded), labels(count), CLASSES.task(), CLASSES.outputs());
  }

  private static EmbeddedModel trained(
      GraphSession session, TextModelInfo info, WeightedPrior... priors) {
    return trained(session, info, data(info, 90, 1), priors);
  }

  private static EmbeddedModel trained(
      GraphSession session, TextModelInfo info, InMemoryDataset data, WeightedPrior... priors) {
    EmbeddedModel model = info.embedded().build(session, 2);
    Trainer.of(model, Objective.of(data, priors))
        .fit(
            data,
            TrainingOptions.withDefaults()
                .withEpochs(60)
                .withBatchSize(30)
                .withSchedule(LearningRateSchedule.constant(0.02)));
    return model;
  }

  static Stream<TextNetwork> networks() {
    return Stream.of(
        small(false),
        small(true),
        new TextNetwork(TextNetwork.Kind.MEAN, 8, 1, ImmutableIntArray.of(10), false));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void learnsTheWordThatTellsTheClass(TextNetwork network) {
    TextModelInfo info = info(network);
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = trained(session, info);
      assertThat(new Accuracy().of(model, data(info, 60, 7))).isEqualTo(1);
    }
  }

  @Test
  void whatItSaysStaysWhenItIsWrittenAndLoaded() throws IOException {
    TextModelInfo info = info(small(false));
    ImmutableList<String> some = texts(9, 5);
    float[] logits;
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = trained(session, info);
      TextModel.write(folder.resolve("model"), model, new XGradient(), info);
      TextModel whole = TextModel.of(model, info);
      logits = whole.predict(whole.encode(some)).logits().values();
    }
    try (TextModel loaded = TextModel.load(folder.resolve("model"))) {
      assertThat(loaded.predict(loaded.encode(some)).logits().values()).isEqualTo(logits);
      assertThat(loaded.info().classes()).isEqualTo(CLASSES);
      assertThat(loaded.info().network()).isEqualTo(info.network());
    }
  }

  /** By TensorFlow alone: words as numbers in, one number for each word out. */
  @Test
  void theSavedModelExplainsWordByWord() throws IOException {
    TextModelInfo info = info(small(false));
    Path directory = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      TextModel.write(directory, trained(session, info), new XGradient(), info);
    }
    var text = info.preprocessing().encode("the who of unheard");
    int steps = info.preprocessing().steps();
    int[] numbers = new int[steps];
    for (int i = 0; i < text.numbers().length(); i++) {
      numbers[i] = text.numbers().get(i);
    }
    float[] ours;
    try (TextModel loaded = TextModel.load(directory)) {
      var runs = AttributorOptions.withDefaults().withTarget(Target.index(2));
      var found =
          Attributor.of(loaded, new XGradient(), runs)
              .attribute(info.preprocessing().tokens(List.of(text)));
      ours = WordAttributions.of(found).values().values();
    }
    String path = directory.resolve(ModelDirectory.SAVED_MODEL).toString();
    try (SavedModelBundle bundle = SavedModelBundle.load(path, "serve");
        TInt32 tokens = TInt32.tensorOf(Shape.of(1, steps), DataBuffers.of(numbers));
        TInt32 target = TInt32.vectorOf(2);
        var result =
            bundle.function("attribution").call(Map.of("tokens", tokens, "target", target))) {
      TFloat32 attribution = (TFloat32) result.get("attribution").orElseThrow();
      TFloat32 logits = (TFloat32) result.get("logits").orElseThrow();
      double sum = 0;
      for (int i = 0; i < steps; i++) {
        assertThat(attribution.getFloat(0, i)).isCloseTo(ours[i], within(1e-6f));
        sum += attribution.getFloat(0, i);
      }
      // Sums of some tens of floats of the order of 1.
      assertThat(sum).isCloseTo(logits.getFloat(0, 2), within(1e-5));
      assertThat(ours[1]).isGreaterThan(Math.abs(ours[0]) + Math.abs(ours[2]));
    }
  }

  static Stream<WeightedPrior> priors() {
    int who = preprocessing().number("who");
    return Stream.of(
        new WordMaskPrior(new XGradient(), ImmutableIntArray.of(who), 30),
        new WordReplacementPrior(ImmutableIntArray.of(who), 30));
  }

  @ParameterizedTest
  @MethodSource("priors")
  void aWordThatMustNotCountDoesNot(WeightedPrior prior) {
    TextModelInfo info = info(small(false));
    try (GraphSession session = GraphSession.open()) {
      TextModel before = TextModel.of(trained(session, info), info);
      TextModel after = TextModel.of(trained(session, info, prior), info);
      double changedBefore = changeWithoutWho(before);
      double changedAfter = changeWithoutWho(after);
      assertThat(changedBefore).isGreaterThan(1);
      assertThat(changedAfter).isLessThan(0.2 * changedBefore);
    }
  }

  private static double changeWithoutWho(TextModel model) {
    var with = model.predict(model.encode(List.of("the who of")));
    var without = with.logits().values();
    FloatArray tokens = model.info().preprocessing().tokens(model.encode(List.of("the who of")));
    tokens.values()[1] = 1;
    float[] blank = Predictor.of(model).logits(tokens).values();
    double change = 0;
    for (int i = 0; i < blank.length; i++) {
      change = Math.max(change, Math.abs(without[i] - blank[i]));
    }
    return change;
  }

  @Test
  void aPriorMakesFewWordsCount() {
    ImmutableList<String> texts = texts(90, 1, PAIRS);
    TextPreprocessing words =
        TextPreprocessing.fit(texts, Tokenizer.withDefaults(), VocabularyOptions.withDefaults());
    TextModelInfo info =
        new TextModelInfo(small(false), words, CLASSES, Provenance.ofThisProcess());
    InMemoryDataset data = data(info, texts);
    var prior = AttributionPrior.of(new XGradient(), WordPriors.concentration(), 1);
    FloatArray others = data(info, texts(60, 7, PAIRS)).inputs();
    try (GraphSession session = GraphSession.open()) {
      double before = concentration(trained(session, info, data), others);
      double after = concentration(trained(session, info, data, prior), others);
      // Of two words alike the squares are half of the squared sum, of one alone all of it.
      assertThat(before).isBetween(0.5, 0.9);
      assertThat(after).isGreaterThan(0.95);
    }
  }

  private static double concentration(EmbeddedModel model, FloatArray tokens) {
    var words = WordAttributions.of(Attributor.of(model, new XGradient()).attribute(tokens));
    double total = 0;
    for (int row = 0; row < tokens.rows(); row++) {
      double squares = 0;
      double sum = 0;
      for (float value : words.values().rows(row, row + 1).values()) {
        squares += (double) value * value;
        sum += Math.abs(value);
      }
      total += squares / (sum * sum);
    }
    return total / tokens.rows();
  }

  @Test
  void refusesDamageAndAnotherVocabulary() throws IOException {
    TextModelInfo info = info(small(false));
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    var fewer =
        TextPreprocessing.fit(
            texts(90, 1), Tokenizer.withDefaults(), new VocabularyOptions(5, 1, 9));
    var smaller = new TextModelInfo(info.network(), fewer, CLASSES, info.provenance());
    try (GraphSession session = GraphSession.open()) {
      TextModel.write(one, info.embedded().build(session, 1), new XGradient(), info);
      TextModel.write(other, smaller.embedded().build(session, 1), new XGradient(), smaller);
    }
    Files.copy(
        other.resolve("text.json"), one.resolve("text.json"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> TextModel.load(one))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("text.json");
  }
}
