package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.report.text.SafeText;
import org.xgradient.spark.model.ModelForm;
import org.xgradient.spark.model.OutputCells;
import org.xgradient.spark.model.OutputForm;

/** What is added to rows: what a stage says of outputs, checked against the schema. */
final class OutputPlan {

  private static final DataType WORDS =
      DataTypes.createArrayType(
          new StructType()
              .add("word", DataTypes.StringType, false)
              .add("attribution", DataTypes.DoubleType, false),
          false);

  private final AttributionTransformer stage;
  private final StructType schema;

  /**
   * Checks the names.
   *
   * @param names which names mean the same column
   * @throws DataException if the attributions have no name, or a column of a name is there already
   */
  OutputPlan(AttributionTransformer stage, StructType schema, ColumnNames names) {
    this.stage = stage;
    this.schema = schema;
    requireNewColumns(names);
    requireForm();
  }

  /** Texts have as many words as they have, and nobody names pixels. */
  private void requireForm() {
    ModelForm model = stage.description().form();
    OutputForm form = cells().form();
    if ((model == ModelForm.TEXT && form == OutputForm.VECTOR)
        || (model == ModelForm.IMAGE && form == OutputForm.STRUCT)) {
      throw new DataException(
          "outputType of a model of %s must be array or %s, found %s"
              .formatted(
                  model == ModelForm.TEXT ? "texts" : "images",
                  model == ModelForm.TEXT ? "struct" : "vector",
                  name(stage.outputType())));
    }
  }

  private String name(Param<String> column) {
    return stage.getOrDefault(column);
  }

  private boolean isWanted(Param<String> column) {
    return !name(column).isEmpty();
  }

  private void requireNewColumns(ColumnNames names) {
    if (!isWanted(stage.outputCol())) {
      throw new DataException("outputCol must be a name, found none");
    }
    List<String> taken = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    for (var column :
        List.of(
            stage.outputCol(),
            stage.explainedCol(),
            stage.baselineOutputCol(),
            stage.predictionCol(),
            stage.probabilityCol())) {
      Optional<String> same = isWanted(column) ? names.find(name(column), taken) : Optional.empty();
      if (same.isPresent()) {
        throw new DataException(
            "there is a column \"%s\" already%s; give what is added another name, such as outputCol"
                .formatted(
                    SafeText.of(same.get()),
                    same.get().equals(name(column))
                        ? ""
                        : ", which is the same to Spark as \"%s\""
                            .formatted(SafeText.of(name(column)))));
      }
      taken.add(name(column));
    }
  }

  OutputCells cells() {
    return new OutputCells(
        OutputForm.valueOf(name(stage.outputType()).toUpperCase(Locale.ROOT)),
        stage.getOrDefault(stage.targetClasses()).length > 1,
        isWanted(stage.explainedCol()),
        isWanted(stage.baselineOutputCol()),
        isWanted(stage.predictionCol()),
        isWanted(stage.probabilityCol()));
  }

  /**
   * The schema of the rows with what is added.
   *
   * @param columns the names of what attributions are of
   * @param prediction the type of a prediction
   */
  StructType schema(ImmutableList<String> columns, DataType prediction) {
    OutputCells cells = cells();
    StructType all = schema.add(attributions(cells, columns));
    if (cells.explained()) {
      all = all.add(name(stage.explainedCol()), several(cells, DataTypes.DoubleType), true);
    }
    if (cells.baseline()) {
      all = all.add(name(stage.baselineOutputCol()), several(cells, DataTypes.DoubleType), true);
    }
    if (cells.prediction()) {
      all = all.add(name(stage.predictionCol()), prediction, true);
    }
    return cells.probability()
        ? all.add(name(stage.probabilityCol()), SQLDataTypes.VectorType(), true)
        : all;
  }

  private StructField attributions(OutputCells cells, ImmutableList<String> columns) {
    ModelForm form = stage.description().form();
    DataType one =
        switch (cells.form()) {
          case ARRAY -> DataTypes.createArrayType(DataTypes.DoubleType, false);
          case VECTOR -> SQLDataTypes.VectorType();
          case STRUCT -> form == ModelForm.TEXT ? WORDS : struct(columns);
        };
    return cells.form() == OutputForm.VECTOR && !cells.several() && form != ModelForm.IMAGE
        ? vector(columns)
        : DataTypes.createStructField(name(stage.outputCol()), several(cells, one), true);
  }

  private StructField vector(ImmutableList<String> columns) {
    String name = name(stage.outputCol());
    Attribute[] attributes =
        columns.stream()
            .map(column -> NumericAttribute.defaultAttr().withName(column))
            .toArray(Attribute[]::new);
    Metadata metadata = new AttributeGroup(name, attributes).toMetadata();
    return new StructField(name, SQLDataTypes.VectorType(), true, metadata);
  }

  private static StructType struct(ImmutableList<String> columns) {
    StructType struct = new StructType();
    for (String column : columns) {
      struct = struct.add(column, DataTypes.DoubleType, false);
    }
    return struct;
  }

  private static DataType several(OutputCells cells, DataType one) {
    return cells.several() ? DataTypes.createArrayType(one, true) : one;
  }
}
