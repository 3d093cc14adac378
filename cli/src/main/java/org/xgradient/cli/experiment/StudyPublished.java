package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.experiments.Published;
import org.xgradient.experiments.sparsity.AuthorsResults;
import org.xgradient.experiments.sparsity.StudyConfiguration;
import org.xgradient.experiments.sparsity.StudyFigure;

/**
 * The published mean of each method: of the authors' own repetitions where their file is given and
 * has the method, else of the paper.
 */
record StudyPublished(StudyFigure figure, ImmutableMap<String, Published> authors) {

  static StudyPublished of(StudyFigure figure, StudyConfiguration configuration) {
    ImmutableMap.Builder<String, Published> authors = ImmutableMap.builder();
    if (!configuration.authorsResults().isEmpty()) {
      AuthorsResults.read(Path.of(configuration.authorsResults()))
          .forEach(published -> authors.put(published.name(), published));
    }
    return new StudyPublished(figure, authors.buildOrThrow());
  }

  Optional<Published> of(String method) {
    return Optional.ofNullable(authors.get(method)).or(() -> figure.published(method));
  }

  String source() {
    return authors.isEmpty()
        ? "mean of 200 repetitions on NHANES I with 118 features (" + figure.source() + ")"
        : "with ±, from the authors' 200 repetitions; others, "
            + figure.source()
            + "; on NHANES I with 118 features";
  }
}
