package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.spark.model.ClassColumn;
import org.xgradient.spark.model.ExecutorModel;
import org.xgradient.spark.model.InputColumns;
import org.xgradient.spark.model.InvalidRows;
import org.xgradient.spark.model.Leases;
import org.xgradient.spark.model.ModelSpec;
import org.xgradient.spark.model.OutputCells;
import org.xgradient.spark.model.RowKey;

/**
 * The parameters of a stage together with the schema that it is used on, checked against each other
 * and against what the model says of itself.
 */
final class Plan {

  private final AttributionTransformer stage;
  private final StructType schema;
  private final Optional<LabelEncoding> labels;
  private final InputColumns input;
  private final ModelSpec spec;
  private final ClassColumn classes;
  private final RowKey key;
  private final OutputPlan output;

  /**
   * Checks the columns of rows.
   *
   * @throws DataException if a column is missing or of another type, or parameters don't fit
   */
  Plan(AttributionTransformer stage, Dataset<?> rows) {
    this(stage, rows.schema(), ColumnNames.of(rows.sparkSession()));
  }

  /**
   * Checks the schema.
   *
   * @param names which names mean the same column
   * @throws DataException if a column is missing or of another type, or parameters don't fit
   */
  Plan(AttributionTransformer stage, StructType schema, ColumnNames names) {
    this.stage = stage;
    this.schema = schema;
    this.labels = stage.description().labels();
    var columns = new SchemaColumns(schema);
    this.input = new InputPlan(stage, columns).input();
    var targets = new TargetPlan(stage, columns, labels);
    this.spec =
        ModelSpecs.toExplain(
            stage,
            new MethodPlan(stage).method(),
            targets.outputs(),
            !get(stage.targetClassesCol()).isEmpty());
    this.classes = targets.ofRows(() -> described(model -> model.model().outputs()));
    this.key = columns.key(get(stage.idCol()));
    this.output = new OutputPlan(stage, schema, names);
  }

  private <T> T get(Param<T> param) {
    return stage.getOrDefault(param);
  }

  /** What only the loaded model knows. */
  private <T> T described(Function<ExecutorModel, T> ask) {
    try (Leases.Lease<ExecutorModel> model = ExecutorModel.lease(spec, stage::archive)) {
      return ask.apply(model.get());
    }
  }

  /**
   * Checks what the loaded model knows.
   *
   * @throws DataException if the columns are not as many as its inputs, or it has no probabilities
   */
  void check(ExecutorModel model) {
    input.requireInputsOf(model);
    boolean classless =
        labels.map(l -> l.task() == Task.REGRESSION).orElse(model.model().outputs() == 1);
    if (classless && !get(stage.probabilityCol()).isEmpty()) {
      throw new DataException(
          "probabilityCol is for models of classes, found one that gives a number; leave it out");
    }
  }

  ModelSpec spec() {
    return spec;
  }

  InputColumns input() {
    return input;
  }

  ClassColumn classes() {
    return classes;
  }

  RowKey key() {
    return key;
  }

  InvalidRows invalid() {
    return InvalidRows.valueOf(get(stage.handleInvalid()).toUpperCase(Locale.ROOT));
  }

  OutputCells output() {
    return output.cells();
  }

  /** The names of what attributions are of. */
  ImmutableList<String> columnNames() {
    return switch (input.kind()) {
      case TABLE, NUMBERS -> input.names();
      case VECTOR -> vectorNames();
      // Each row has its own words, and pixels have no names.
      case TEXT, IMAGE -> ImmutableList.of();
    };
  }

  private ImmutableList<String> vectorNames() {
    int features = described(ExecutorModel::features);
    Attribute[] known = new Attribute[0];
    StructField field = schema.apply(input.positions().get(0));
    if (field.dataType().equals(SQLDataTypes.VectorType())) {
      var attributes = AttributeGroup.fromStructField(field).attributes();
      known = attributes.isDefined() ? attributes.get() : known;
    }
    Attribute[] given = Arrays.copyOf(known, features);
    return IntStream.range(0, features)
        .mapToObj(
            i ->
                given[i] != null && given[i].name().isDefined()
                    ? given[i].name().get()
                    : input.names().get(0) + "_" + i)
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return the schema of the rows with what is added} */
  StructType schema() {
    boolean named = labels.map(known -> known.task() != Task.REGRESSION).orElse(false);
    return output.schema(columnNames(), named ? DataTypes.StringType : DataTypes.DoubleType);
  }
}
