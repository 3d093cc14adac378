package org.xgradient.experiments.sparsity;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.experiments.mortality.Cohort;
import org.xgradient.experiments.mortality.Nhanes;
import org.xgradient.experiments.mortality.SyntheticMortality;
import org.xgradient.experiments.mortality.TailIndicators;

/** Where a configuration takes a table from; the key {@code kind} says which of these it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TableSource.Synthetic.class, name = "synthetic"),
  @JsonSubTypes.Type(value = TableSource.NhanesFiles.class, name = "nhanes"),
  @JsonSubTypes.Type(value = TableSource.SparsityFiles.class, name = "sparsity files"),
  @JsonSubTypes.Type(value = TableSource.CsvFile.class, name = "csv")
})
public sealed interface TableSource {

  /**
   * Loads the table.
   *
   * @return the table, with the label column
   * @throws org.xgradient.data.DataException if a file is missing or damaged
   */
  Table load();

  /** {@return the name of the label column} */
  default String label() {
    return Cohort.LABEL;
  }

  /**
   * Generated, like NHANES I.
   *
   * @param rows the number of rows, at least 1
   * @param seed what they are drawn from
   */
  record Synthetic(int rows, long seed) implements TableSource {

    /**
     * Checks the rows.
     *
     * @throws IllegalArgumentException if there are fewer than 1
     */
    public Synthetic {
      checkArgument(rows >= 1, "\"rows\" must be at least 1, found %s", rows);
    }

    @Override
    public Table load() {
      return SyntheticMortality.withDefaults()
          .withRows(rows)
          .withSeed(seed)
          .generate()
          .cohort()
          .labelledAt(SyntheticMortality.HORIZON);
    }
  }

  /**
   * The subset of NHANES I that goes around with 18 features.
   *
   * @param folder a folder with {@value Nhanes#FEATURES_FILE} and {@value Nhanes#FOLLOW_UP_FILE}
   * @param expansion how the columns become features
   * @param horizon the years after the examination at which one is alive or not
   */
  record NhanesFiles(String folder, Expansion expansion, double horizon) implements TableSource {

    /** How the 18 columns become features. */
    public enum Expansion {
      /** As they are. */
      NONE,
      /** To 118 columns, by {@link TailIndicators}. */
      TAIL118
    }

    @Override
    public Table load() {
      Cohort cohort = Nhanes.read(Path.of(folder));
      Table features =
          expansion == Expansion.TAIL118
              ? TailIndicators.expand(cohort.features())
              : cohort.features();
      return new Cohort(features, cohort.followUp()).labelledAt(horizon);
    }
  }

  /**
   * The files of the paper's experiment.
   *
   * @param features the path of {@code X_sparsity.csv}
   * @param labels the path of {@code y_sparsity.npy}
   */
  record SparsityFiles(String features, String labels) implements TableSource {

    @Override
    public Table load() {
      return Nhanes.readLabelled(Path.of(features), Path.of(labels));
    }
  }

  /**
   * Any table of a binary task.
   *
   * @param file the path of a CSV file with a header
   * @param label the column with the labels; all others are features
   */
  record CsvFile(String file, String label) implements TableSource {

    @Override
    public Table load() {
      return TableReader.withDefaults().read(Path.of(file));
    }
  }
}
