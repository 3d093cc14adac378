package org.xgradient.experiments.sparsity;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xgradient.data.DataException;
import org.xgradient.data.SampleMean;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.experiments.Published;

/**
 * The test ROC-AUC of each repetition as the authors of FAA got it, with the names that their files
 * have for methods: {@code unreg}, {@code unreg_nobias} and {@code ginieg8_lambda1}.
 */
public final class AuthorsResults {

  private static final String METHOD = "method";
  private static final String TEST_AUC = "test_auc";
  private static final Pattern EXPECTED_GRADIENTS = Pattern.compile("ginieg(\\d+)_lambda.*");

  private AuthorsResults() {}

  /**
   * Reads results.
   *
   * @param file a CSV file with the columns {@code method} and {@code test_auc}, a row for each
   *     repetition
   * @return the mean of each method and its standard error, under our names
   * @throws DataException if the file is missing, damaged, or has no such columns
   */
  public static ImmutableList<Published> read(Path file) {
    Table table = TableReader.withDefaults().read(file);
    if (!(table.column(METHOD) instanceof CategoricalColumn methods)) {
      throw new DataException(
          "the column \"%s\" of %s must hold names, found numbers".formatted(METHOD, file));
    }
    NumericColumn values = table.numeric(TEST_AUC);
    Map<String, List<Double>> results = new LinkedHashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      String method = name(Objects.requireNonNullElse(methods.level(row), ""));
      results.computeIfAbsent(method, name -> new ArrayList<>()).add(values.value(row));
    }
    ImmutableList.Builder<Published> published = ImmutableList.builder();
    results.forEach(
        (name, of) -> {
          SampleMean mean = SampleMean.of(Doubles.toArray(of));
          published.add(
              Published.of(
                  name,
                  mean.mean(),
                  mean.error(),
                  "the authors' files, %s repetitions".formatted(mean.count())));
        });
    return published.build();
  }

  private static String name(String method) {
    Matcher matcher = EXPECTED_GRADIENTS.matcher(method);
    if (matcher.matches()) {
      return "EG(%s)".formatted(matcher.group(1));
    }
    return switch (method) {
      case "unreg" -> "none";
      case "unreg_nobias" -> "none, no biases";
      default -> method;
    };
  }
}
