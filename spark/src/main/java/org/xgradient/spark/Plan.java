package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;
import org.xgradient.data.Task;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.report.text.SafeText;
import org.xgradient.spark.model.ClassColumn;
import org.xgradient.spark.model.ExecutorModel;
import org.xgradient.spark.model.InputColumns;
import org.xgradient.spark.model.InvalidRows;
import org.xgradient.spark.model.Leases;
import org.xgradient.spark.model.MethodSpec;
import org.xgradient.spark.model.ModelSpec;
import org.xgradient.spark.model.OutputCells;
import org.xgradient.spark.model.OutputForm;
import org.xgradient.spark.model.RowKey;
import org.xgradient.training.table.TableModelInfo;

/**
 * The parameters of a stage together with the schema that it is used on, checked against each other
 * and against what the model says of itself.
 */
final class Plan {

  private static final String PREDICTED = "predicted";

  private final AttributionTransformer stage;
  private final StructType schema;
  private final Optional<TableModelInfo> table;
  private final InputColumns input;
  private final ModelSpec spec;
  private final ClassColumn classes;
  private final RowKey key;

  /**
   * Checks the schema.
   *
   * @throws DataException if a column is missing or of another type, or parameters don't fit
   */
  Plan(AttributionTransformer stage, StructType schema) {
    this.stage = stage;
    this.schema = schema;
    this.table = stage.description().table();
    this.input = table.map(this::columnsOf).orElseGet(this::features);
    this.spec = spec(method(), targets(), !text(stage.targetClassesCol()).isEmpty());
    this.classes = classColumn();
    this.key = rowKey();
    requireNewColumns();
  }

  private <T> T get(Param<T> param) {
    return stage.getOrDefault(param);
  }

  private String text(Param<String> param) {
    return get(param);
  }

  private int number(IntParam param) {
    return (Integer) stage.getOrDefault(param);
  }

  /** The columns of a model directory, by name. */
  private InputColumns columnsOf(TableModelInfo model) {
    if (get(stage.inputCols()).length > 0 || !text(stage.featuresCol()).isEmpty()) {
      throw new DataException(
          "a model directory takes its columns by name: leave inputCols and featuresCol out, and"
              + " rename columns where they have other names");
    }
    ImmutableList.Builder<String> names = ImmutableList.builder();
    ImmutableIntArray.Builder positions = ImmutableIntArray.builder();
    for (ColumnEncoding encoding : model.preprocessing().encodings()) {
      names.add(encoding.column());
      int position = position("the model", encoding.column());
      requireReadable(encoding, schema.apply(position).dataType());
      positions.add(position);
    }
    return new InputColumns(InputColumns.Kind.TABLE, names.build(), positions.build());
  }

  private static void requireReadable(ColumnEncoding encoding, DataType type) {
    boolean readable = type instanceof NumericType || type instanceof StringType;
    if (encoding.type() == ColumnType.CATEGORICAL) {
      requireType(
          encoding.column(),
          readable || type instanceof BooleanType,
          "text, a number or a boolean, for it is categorical in the model",
          type);
    } else if (encoding.reading() instanceof ColumnReading.Dates) {
      requireType(
          encoding.column(),
          readable || type instanceof DateType,
          "a date, its text, or a number of days since 1970-01-01",
          type);
    } else {
      requireType(encoding.column(), readable, "a number, or text that is one", type);
    }
  }

  private InputColumns features() {
    String vector = text(stage.featuresCol());
    String[] columns = get(stage.inputCols());
    if (vector.isEmpty() == (columns.length == 0)) {
      throw new DataException(
          "a plain SavedModel must be given featuresCol or inputCols, one of them, found %s"
              .formatted(vector.isEmpty() ? "none" : "both"));
    }
    if (!vector.isEmpty()) {
      int position = position("featuresCol", vector);
      DataType type = schema.apply(position).dataType();
      boolean array = type instanceof ArrayType of && of.elementType() instanceof NumericType;
      requireType(
          vector,
          array || type.equals(SQLDataTypes.VectorType()),
          "a vector or an array of numbers",
          type);
      return new InputColumns(
          InputColumns.Kind.VECTOR, ImmutableList.of(vector), ImmutableIntArray.of(position));
    }
    ImmutableIntArray.Builder positions = ImmutableIntArray.builder();
    for (String column : columns) {
      int position = position("inputCols", column);
      DataType type = schema.apply(position).dataType();
      requireType(column, type instanceof NumericType, "a number", type);
      positions.add(position);
    }
    return new InputColumns(
        InputColumns.Kind.NUMBERS, ImmutableList.copyOf(columns), positions.build());
  }

  private int position(String who, String column) {
    List<String> names = Arrays.asList(schema.fieldNames());
    int position = names.indexOf(column);
    if (position < 0) {
      throw new DataException(
          "%s needs a column \"%s\", which is not there; %sthe columns are %s"
              .formatted(
                  who,
                  SafeText.of(column),
                  NearestName.closeTo(column, names)
                      .map(name -> "did you mean \"" + SafeText.of(name) + "\"? ")
                      .orElse(""),
                  SafeText.of(String.join(", ", names))));
    }
    return position;
  }

  private static void requireType(String column, boolean fits, String expected, DataType found) {
    if (!fits) {
      throw new DataException(
          "column \"%s\" must be %s, found %s; cast it"
              .formatted(SafeText.of(column), expected, found.simpleString()));
    }
  }

  private MethodSpec method() {
    String name = text(stage.method());
    ImmutableDoubleArray alphas = ImmutableDoubleArray.copyOf(get(stage.alphas()));
    if (name.equals(MethodSpec.EG) && alphas.isEmpty()) {
      throw new DataException("method eg must have references; call setReferences");
    }
    ImmutableDoubleArray baseline = ImmutableDoubleArray.copyOf(get(stage.baseline()));
    if (name.equals("xg") && !baseline.isEmpty()) {
      throw new DataException("method xg explains against zero only; leave baseline out");
    }
    boolean sampled = name.equals(MethodSpec.EG);
    return new MethodSpec(
        name,
        number(stage.steps()),
        baseline,
        sampled ? ImmutableDoubleArray.copyOf(get(stage.references())) : ImmutableDoubleArray.of(),
        sampled ? alphas : ImmutableDoubleArray.of());
  }

  private ImmutableList<Integer> targets() {
    String[] targets = get(stage.targetClasses());
    boolean byRow = !text(stage.targetClassesCol()).isEmpty();
    if (byRow && targets.length > 0) {
      throw new DataException("give targetClasses or targetClassesCol, not both");
    }
    Optional<LabelEncoding> labels = table.map(TableModelInfo::labels);
    if (labels.isPresent()
        && labels.get().task() == Task.REGRESSION
        && (byRow || targets.length > 0)) {
      throw new DataException(
          "targetClasses and targetClassesCol are for classes, but \"%s\" is a number; leave them out"
              .formatted(SafeText.of(labels.get().column())));
    }
    return Arrays.stream(targets)
        .map(name -> target(name, labels))
        .collect(ImmutableList.toImmutableList());
  }

  private static int target(String name, Optional<LabelEncoding> labels) {
    if (labels.isPresent()) {
      ImmutableList<String> known = labels.get().classes();
      int index = known.indexOf(name);
      if (index < 0 && !name.equals(PREDICTED)) {
        throw new DataException(
            "targetClasses must be classes of \"%s\" or %s, found \"%s\"; the classes are %s"
                .formatted(
                    SafeText.of(labels.get().column()),
                    PREDICTED,
                    SafeText.of(name),
                    SafeText.of(String.join(", ", known))));
      }
      return index < 0 ? ModelSpec.PREDICTED : index;
    }
    if (name.equals(PREDICTED)) {
      return ModelSpec.PREDICTED;
    }
    try {
      int index = Integer.parseInt(name);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DataException(
        "targetClasses of a plain SavedModel must be indices of outputs, from 0, or %s, found \"%s\""
            .formatted(PREDICTED, SafeText.of(name)));
  }

  private ClassColumn classColumn() {
    String column = text(stage.targetClassesCol());
    if (column.isEmpty()) {
      return ClassColumn.none();
    }
    int position = position("targetClassesCol", column);
    DataType type = schema.apply(position).dataType();
    ImmutableList<String> names =
        table.map(model -> model.labels().classes()).orElse(ImmutableList.of());
    requireType(
        column,
        type instanceof NumericType || (!names.isEmpty() && type instanceof StringType),
        names.isEmpty() ? "the index of a class" : "a class",
        type);
    int outputs = names.isEmpty() ? described(model -> model.model().outputs()) : names.size();
    return new ClassColumn(column, position, names, outputs);
  }

  private RowKey rowKey() {
    String column = text(stage.idCol());
    return column.isEmpty() ? new RowKey("", -1) : new RowKey(column, position("idCol", column));
  }

  private void requireNewColumns() {
    List<String> taken = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    for (String added : addedNames()) {
      if (taken.contains(added)) {
        throw new DataException(
            "there is a column \"%s\" already; give what is added another name, such as outputCol"
                .formatted(SafeText.of(added)));
      }
      taken.add(added);
    }
  }

  private List<String> addedNames() {
    List<String> names = new ArrayList<>();
    if (text(stage.outputCol()).isEmpty()) {
      throw new DataException("outputCol must be a name, found none");
    }
    names.add(text(stage.outputCol()));
    for (var column :
        List.of(
            stage.explainedCol(),
            stage.baselineOutputCol(),
            stage.predictionCol(),
            stage.probabilityCol())) {
      if (!text(column).isEmpty()) {
        names.add(text(column));
      }
    }
    return names;
  }

  /** The model with another method and the usual output. */
  private ModelSpec spec(MethodSpec method, ImmutableList<Integer> outputs, boolean labelled) {
    return new ModelSpec(
        stage.archive().checksum(),
        table.isPresent(),
        text(stage.signature()),
        text(stage.modelOutput()),
        method,
        outputs,
        labelled,
        number(stage.batchSize()),
        (long) number(stage.memoryMegabytes()) << 20);
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
   * @throws DataException if the columns are not as many as its inputs
   */
  void check(ExecutorModel model) {
    if (input.kind() == InputColumns.Kind.NUMBERS
        && input.positions().length() != model.features()) {
      throw new DataException(
          "inputCols must be %s columns, one for each input of the model, found %s"
              .formatted(model.features(), input.positions().length()));
    }
    boolean classless =
        model.labels().map(l -> l.task() == Task.REGRESSION).orElse(model.model().outputs() == 1);
    if (classless && !text(stage.probabilityCol()).isEmpty()) {
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
    return InvalidRows.valueOf(text(stage.handleInvalid()).toUpperCase(Locale.ROOT));
  }

  OutputCells output() {
    return new OutputCells(
        OutputForm.valueOf(text(stage.outputType()).toUpperCase(Locale.ROOT)),
        get(stage.targetClasses()).length > 1,
        !text(stage.explainedCol()).isEmpty(),
        !text(stage.baselineOutputCol()).isEmpty(),
        !text(stage.predictionCol()).isEmpty(),
        !text(stage.probabilityCol()).isEmpty());
  }

  /** The names of what attributions are of. */
  ImmutableList<String> columnNames() {
    return switch (input.kind()) {
      case TABLE, NUMBERS -> input.names();
      case VECTOR -> vectorNames();
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
    Attribute[] given = known;
    return IntStream.range(0, features)
        .mapToObj(
            i ->
                i < given.length && given[i].name().isDefined()
                    ? given[i].name().get()
                    : input.names().get(0) + "_" + i)
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return the schema of the rows with what is added} */
  StructType schema() {
    OutputCells output = output();
    StructType all = schema.add(attributions(output));
    if (output.explained()) {
      all = all.add(text(stage.explainedCol()), several(output, DataTypes.DoubleType), true);
    }
    if (output.baseline()) {
      all = all.add(text(stage.baselineOutputCol()), several(output, DataTypes.DoubleType), true);
    }
    if (output.prediction()) {
      boolean named = table.map(model -> model.labels().task() != Task.REGRESSION).orElse(false);
      all =
          all.add(
              text(stage.predictionCol()),
              named ? DataTypes.StringType : DataTypes.DoubleType,
              true);
    }
    return output.probability()
        ? all.add(text(stage.probabilityCol()), SQLDataTypes.VectorType(), true)
        : all;
  }

  private StructField attributions(OutputCells output) {
    String name = text(stage.outputCol());
    return switch (output.form()) {
      case ARRAY ->
          DataTypes.createStructField(
              name, several(output, DataTypes.createArrayType(DataTypes.DoubleType, false)), true);
      case VECTOR ->
          output.several()
              ? DataTypes.createStructField(name, several(output, SQLDataTypes.VectorType()), true)
              : vector(name);
      case STRUCT -> DataTypes.createStructField(name, several(output, struct()), true);
    };
  }

  private StructField vector(String name) {
    Attribute[] attributes =
        columnNames().stream()
            .map(column -> NumericAttribute.defaultAttr().withName(column))
            .toArray(Attribute[]::new);
    Metadata metadata = new AttributeGroup(name, attributes).toMetadata();
    return new StructField(name, SQLDataTypes.VectorType(), true, metadata);
  }

  private StructType struct() {
    StructType struct = new StructType();
    for (String column : columnNames()) {
      struct = struct.add(column, DataTypes.DoubleType, false);
    }
    return struct;
  }

  private static DataType several(OutputCells output, DataType one) {
    return output.several() ? DataTypes.createArrayType(one, true) : one;
  }

  /** {@return the features of a row, as numbers that travel} */
  double[] features(ExecutorModel model, Row row) {
    float[] read = input.read(model, row, key);
    double[] features = new double[read.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = read[i];
    }
    return features;
  }

  /** {@return what is loaded to read rows, whatever the method} */
  ModelSpec plain() {
    var method =
        new MethodSpec(
            "ixg",
            1,
            ImmutableDoubleArray.of(),
            ImmutableDoubleArray.of(),
            ImmutableDoubleArray.of());
    return spec(method, ImmutableList.of(), false);
  }
}
