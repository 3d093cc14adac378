package org.xgradient.cli.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Split;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.data.text.TextReader;
import org.xgradient.data.text.Tokenizer;
import org.xgradient.data.text.VocabularyOptions;
import org.xgradient.training.text.TextNetwork;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a training on texts: what words are, and by what network. */
@HelpGroup("Texts")
final class TextTrainingOptions {

  private static final int DIMENSION = 100;

  @Mixin private TextOptions texts;

  @Option(
      names = "--tokens",
      defaultValue = "words",
      paramLabel = "WHERE",
      description =
          "Where words end: words (by the rules of Unicode, punctuation apart), whitespace, or"
              + " characters (each is a word, for languages that are written without spaces)"
              + " (default: ${DEFAULT-VALUE}).")
  private Tokenizer.Kind tokens;

  @Option(
      names = "--language",
      defaultValue = "und",
      paramLabel = "TAG",
      description =
          "Language whose rules say where words end and what lower case is, such as de or tr"
              + " (default: none in particular).")
  private String language;

  @Option(names = "--keep-case", description = "Tell words in upper case from those in lower.")
  private boolean keepCase;

  @Option(
      names = "--vocabulary",
      defaultValue = "20000",
      paramLabel = "N",
      description =
          "The most words to know, the most frequent of the training texts (default:"
              + " ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--min-count",
      defaultValue = "2",
      paramLabel = "N",
      description =
          "How often a word must be in the training texts to be known (default: ${DEFAULT-VALUE}).")
  private int minCount;

  @Option(
      names = "--max-words",
      defaultValue = "100",
      paramLabel = "N",
      description = "The most words of a text that count, the first (default: ${DEFAULT-VALUE}).")
  private int maxWords;

  @Option(
      names = "--text-network",
      defaultValue = "cnn",
      paramLabel = "KIND",
      description =
          "cnn (kernels over some words, the strongest place of each) or mean (the mean of the"
              + " embeddings, and --hidden; no order of words) (default: ${DEFAULT-VALUE}).")
  private TextNetwork.Kind kind;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      description =
          "Length of an embedding (default: " + DIMENSION + ", or that of --vectors, which it is).")
  private Optional<Integer> dimension = Optional.empty();

  @Option(
      names = "--filters",
      defaultValue = "64",
      paramLabel = "N",
      description = "Filters of each width of a cnn (default: ${DEFAULT-VALUE}).")
  private int filters;

  @Option(
      names = "--widths",
      split = ",",
      defaultValue = "2,3,4",
      paramLabel = "WORDS",
      description = "Widths of the kernels of a cnn (default: ${DEFAULT-VALUE}).")
  private List<Integer> widths;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description =
          "Published vectors of words to begin with, in the text form of word2vec or GloVe; other"
              + " words begin at random.")
  private Optional<Path> vectors = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  TextTrainingOptions() {}

  /** {@return what is trained} */
  TextNetwork.Kind kind() {
    return kind;
  }

  /** {@return the options that the kind of network has no use for} */
  String[] unfit() {
    return kind == TextNetwork.Kind.CNN
        ? new String[] {"--hidden"}
        : new String[] {"--filters", "--widths"};
  }

  /** {@return whether texts are given} */
  boolean isGiven() {
    return texts.isGiven();
  }

  /**
   * Reads the texts, and prepares the training.
   *
   * @param table the table whose column has the texts, if they are in one
   * @throws IllegalArgumentException if the options don't go together
   * @throws org.xgradient.data.DataException if the texts can't be read, or are of one class
   */
  TextTraining plan(
      Optional<Path> table,
      TextReader reader,
      Optional<String> label,
      boolean bias,
      List<Integer> hidden,
      ObjectiveOptions objective,
      FittingOptions fitting,
      RandomSplit split,
      long seed) {
    LabelledTexts all = texts.readLabelled(table, reader, label);
    TextClasses classes = TextClasses.of(all);
    float[] encoded = classes.encode(all).values();
    int[] ofText = new int[encoded.length];
    for (int i = 0; i < ofText.length; i++) {
      ofText[i] = (int) encoded[i];
    }
    Split parts = split.split(ofText);
    TextPreprocessing preprocessing =
        TextPreprocessing.fit(
            all.subset(parts.train()).texts(),
            new Tokenizer(tokens, locale(), !keepCase),
            new VocabularyOptions(vocabulary, minCount, maxWords));
    var loaded = vectors.map(file -> StartVectors.read(file, preprocessing.vocabulary()));
    ImmutableIntArray masked = objective.wordNumbers(preprocessing);
    var network =
        new TextNetwork(
            kind,
            dimension(loaded),
            filters,
            ImmutableIntArray.copyOf(kind == TextNetwork.Kind.CNN ? widths : hidden),
            bias);
    return new TextTraining(
        texts.file(table),
        texts.describe() + ", " + reader.encoding(),
        all,
        parts,
        preprocessing,
        classes,
        network,
        loaded,
        objective.ofTexts(classes.task(), masked),
        masked,
        objective.promise(),
        fitting,
        seed);
  }

  private int dimension(Optional<StartVectors> loaded) {
    int length = dimension.orElse(loaded.map(StartVectors::dimension).orElse(DIMENSION));
    loaded.ifPresent(
        start ->
            checkArgument(
                start.dimension() == length,
                "--dimension must be that of --vectors, %s, found %s; leave it out",
                start.dimension(),
                length));
    return length;
  }

  private Locale locale() {
    try {
      return new Locale.Builder().setLanguageTag(language).build();
    } catch (IllformedLocaleException e) {
      throw new IllegalArgumentException(
          "--language must be a tag such as de or pt-BR, found \"%s\"".formatted(language), e);
    }
  }
}
