package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.spark.model.InputColumns;
import org.xgradient.spark.model.ModelForm;
import org.xgradient.training.table.TableModelInfo;

/** Where the features come from: what a stage says of columns, checked against the schema. */
final class InputPlan {

  private static final ImmutableMap<String, DataType> IMAGE_FIELDS =
      ImmutableMap.of(
          "height", DataTypes.IntegerType,
          "width", DataTypes.IntegerType,
          "nChannels", DataTypes.IntegerType,
          "data", DataTypes.BinaryType);

  private final AttributionTransformer stage;
  private final SchemaColumns columns;

  InputPlan(AttributionTransformer stage, SchemaColumns columns) {
    this.stage = stage;
    this.columns = columns;
  }

  /**
   * Finds the columns.
   *
   * @throws DataException if one is missing or of another type, or parameters don't fit
   */
  InputColumns input() {
    ModelForm form = stage.description().form();
    if (form != ModelForm.SAVED_MODEL
        && (stage.getOrDefault(stage.inputCols()).length > 0
            || !stage.getOrDefault(stage.featuresCol()).isEmpty())) {
      throw new DataException(
          "a model directory takes its columns by name: leave inputCols and featuresCol out, and"
              + " rename columns where they have other names, or set textCol or imageCol");
    }
    return switch (form) {
      case TABLE -> ofTable(stage.description().table().orElseThrow());
      case TEXT -> ofTexts(stage.getOrDefault(stage.textCol()));
      case IMAGE -> ofImages(stage.getOrDefault(stage.imageCol()));
      case SAVED_MODEL -> ofSavedModel();
    };
  }

  private InputColumns ofTexts(String column) {
    int position = columns.position("textCol", column);
    DataType type = columns.type(position);
    SchemaColumns.require(column, type instanceof StringType, "text", type);
    return one(InputColumns.Kind.TEXT, column, position);
  }

  /** The content of files, or what Spark's source of images reads. */
  private InputColumns ofImages(String column) {
    int position = columns.position("imageCol", column);
    DataType type = columns.type(position);
    SchemaColumns.require(
        column,
        type instanceof BinaryType || (type instanceof StructType struct && isImage(struct)),
        "the content of files, or an image as Spark reads it (a struct with height, width and"
            + " nChannels, which are int, and data, which is binary)",
        type);
    return one(InputColumns.Kind.IMAGE, column, position);
  }

  private static boolean isImage(StructType struct) {
    List<String> names = Arrays.asList(struct.fieldNames());
    return IMAGE_FIELDS.entrySet().stream()
        .allMatch(
            field ->
                names.contains(field.getKey())
                    && struct.apply(field.getKey()).dataType().equals(field.getValue()));
  }

  private static InputColumns one(InputColumns.Kind kind, String column, int position) {
    return new InputColumns(kind, ImmutableList.of(column), ImmutableIntArray.of(position));
  }

  /** The columns of a model directory, by name. */
  private InputColumns ofTable(TableModelInfo model) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    ImmutableIntArray.Builder positions = ImmutableIntArray.builder();
    for (ColumnEncoding encoding : model.preprocessing().encodings()) {
      names.add(encoding.column());
      int position = columns.position("the model", encoding.column());
      requireReadable(encoding, columns.type(position));
      positions.add(position);
    }
    return new InputColumns(InputColumns.Kind.TABLE, names.build(), positions.build());
  }

  private static void requireReadable(ColumnEncoding encoding, DataType type) {
    boolean readable = type instanceof NumericType || type instanceof StringType;
    if (encoding.type() == ColumnType.CATEGORICAL) {
      SchemaColumns.require(
          encoding.column(),
          readable || type instanceof BooleanType,
          "text, a number or a boolean, for it is categorical in the model",
          type);
    } else if (encoding.reading() instanceof ColumnReading.Dates) {
      SchemaColumns.require(
          encoding.column(),
          readable || type instanceof DateType,
          "a date, its text, or a number of days since 1970-01-01",
          type);
    } else {
      SchemaColumns.require(encoding.column(), readable, "a number, or text that is one", type);
    }
  }

  private InputColumns ofSavedModel() {
    String vector = stage.getOrDefault(stage.featuresCol());
    String[] numbers = stage.getOrDefault(stage.inputCols());
    if (vector.isEmpty() == (numbers.length == 0)) {
      throw new DataException(
          "a plain SavedModel must be given featuresCol or inputCols, one of them, found %s"
              .formatted(vector.isEmpty() ? "none" : "both"));
    }
    return vector.isEmpty() ? numbers(numbers) : vector(vector);
  }

  private InputColumns vector(String column) {
    int position = columns.position("featuresCol", column);
    DataType type = columns.type(position);
    boolean array = type instanceof ArrayType of && of.elementType() instanceof NumericType;
    SchemaColumns.require(
        column,
        array || type.equals(SQLDataTypes.VectorType()),
        "a vector or an array of numbers",
        type);
    return one(InputColumns.Kind.VECTOR, column, position);
  }

  private InputColumns numbers(String... names) {
    ImmutableIntArray.Builder positions = ImmutableIntArray.builder();
    for (String column : names) {
      int position = columns.position("inputCols", column);
      DataType type = columns.type(position);
      SchemaColumns.require(column, type instanceof NumericType, "a number", type);
      positions.add(position);
    }
    return new InputColumns(
        InputColumns.Kind.NUMBERS, ImmutableList.copyOf(names), positions.build());
  }
}
