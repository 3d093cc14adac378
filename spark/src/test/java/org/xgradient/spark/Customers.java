package org.xgradient.spark;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.training.table.TableModel;

/** A table with everything that a column can be, and models of it that nobody trained. */
public final class Customers {

  /** Labels of each task. */
  public static final String BINARY = "granted";

  /** Three classes. */
  public static final String GRADE = "grade";

  /** A number. */
  public static final String SCORE = "score";

  private static final StructType TYPES =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("age", DataTypes.IntegerType)
          .add("income", DataTypes.DoubleType)
          .add("since", DataTypes.DateType)
          .add("town", DataTypes.StringType)
          .add("children", DataTypes.IntegerType)
          .add("debt", DataTypes.DoubleType)
          .add(BINARY, DataTypes.StringType)
          .add(GRADE, DataTypes.StringType)
          .add(SCORE, DataTypes.DoubleType);

  private final Path csv;

  private Customers(Path csv) {
    this.csv = csv;
  }

  /** Writes a table. */
  public static Customers write(Path folder, int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(",", TYPES.fieldNames())));
    var random = new DataRandom(11);
    for (int i = 0; i < rows; i++) {
      double income = Math.exp(8 + random.nextGaussian());
      lines.add(
          String.join(
              ",",
              Integer.toString(i),
              Integer.toString(18 + random.nextInt(70)),
              i % 13 == 0 ? "" : Double.toString(Math.rint(income * 100) / 100),
              "20%02d-%02d-%02d"
                  .formatted(random.nextInt(24), 1 + random.nextInt(12), 1 + random.nextInt(28)),
              i % 17 == 0 ? "" : List.of("Ulm", "Ypres", "York").get(random.nextInt(3)),
              Integer.toString(random.nextInt(4)),
              Float.toString((float) Math.abs(random.nextGaussian())),
              random.nextInt(2) == 0 ? "no" : "yes",
              List.of("high", "low", "middle").get(random.nextInt(3)),
              Double.toString(Math.rint(1000 * random.nextGaussian()))));
    }
    return new Customers(Files.write(folder.resolve("customers.csv"), lines));
  }

  /** {@return the file} */
  public Path csv() {
    return csv;
  }

  /** {@return the rows as Spark reads them} */
  public Dataset<Row> rows() {
    return LocalSpark.session().read().option("header", "true").schema(TYPES).csv(csv.toString());
  }

  /** {@return the columns that models take, as the library reads them} */
  public Table table() {
    Table all = read();
    return Table.of(
        all.columns().stream()
            .filter(c -> !List.of(BINARY, GRADE, SCORE).contains(c.name()))
            .toList());
  }

  private Table read() {
    return TableReader.withDefaults()
        .withDates("since")
        .withCategorical("children")
        .without("id")
        .read(csv);
  }

  /** Writes a model of one of the labels. */
  public Path model(Path directory, String label, boolean biases) throws IOException {
    return model(directory, table(), read().column(label), biases);
  }

  /** Writes a model of a table of at least 100 rows. */
  static Path model(Path directory, Table table, Column label, boolean biases) throws IOException {
    var rows = ImmutableIntArray.copyOf(IntStream.range(0, 100));
    TablePreprocessing preprocessing = TablePreprocessing.fit(table, rows);
    LabelEncoding labels = LabelEncoding.fit(label, rows);
    try (GraphSession session = GraphSession.open()) {
      Network network = Networks.mlp(preprocessing.features(), labels.outputs(), 16, 8);
      var model = (biases ? network : network.withoutBiases()).build(session, 5);
      AttributionMethod method = biases ? IntegratedGradients.withDefaults() : new XGradient();
      TableModel.write(directory, model, method, preprocessing, labels, Provenance.ofThisProcess());
    }
    return directory;
  }
}
