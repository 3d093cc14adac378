package org.xgradient.cli.train;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Set;
import org.xgradient.data.Checksums;
import org.xgradient.data.FloatArray;
import org.xgradient.data.text.Vocabulary;
import org.xgradient.data.text.WordVectors;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.report.text.SafeText;

/**
 * Published vectors that embeddings begin with.
 *
 * @param file their file
 * @param vocabulary the words of the model
 * @param vectors the vectors of some of these words
 */
record StartVectors(Path file, Vocabulary vocabulary, WordVectors vectors) {

  static StartVectors read(Path file, Vocabulary vocabulary) {
    var read = new StartVectors(file, vocabulary, WordVectors.read(file, vocabulary.words()));
    System.out.printf(
        "vectors: %d of %d words begin with those of %s%n",
        read.vectors.vectors().size(), vocabulary.words().size(), file.getFileName());
    Set<String> repeated = read.vectors.repeated();
    if (!repeated.isEmpty()) {
      System.err.printf(
          "warning: %s has more than one vector of %d %s, such as \"%s\"; the first is taken%n",
          file.getFileName(),
          repeated.size(),
          repeated.size() == 1 ? "word" : "words",
          SafeText.of(repeated.iterator().next()));
    }
    return read;
  }

  int dimension() {
    return vectors.dimension();
  }

  /** {@return a checksum of their file} */
  String checksum() {
    return Checksums.sha256(file);
  }

  /** Gives the words that have one their vectors. */
  void assign(EmbeddedModel model) {
    Parameter table = model.parameters().get(0);
    FloatArray values = table.read(model.session());
    ImmutableMap<String, Integer> numbers = vocabulary.numbers();
    vectors
        .vectors()
        .forEach(
            (word, vector) -> {
              Integer number = numbers.get(word);
              if (number != null) {
                System.arraycopy(vector, 0, values.values(), number * vector.length, vector.length);
              }
            });
    table.assign(model.session(), values);
  }
}
