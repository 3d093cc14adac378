package org.xgradient.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.table.TablePredictions;

class AttributionTransformerTest {

  private static final int ROWS = 200;
  private static final double ROUNDING = 1e-5;

  /** What 128 steps over the kinks of a network with biases leave. */
  private static final double QUADRATURE = 5e-3;

  /** Tasks of this process, which is driver and executor, see this. */
  private static final AtomicInteger READ = new AtomicInteger();

  @TempDir private static Path folder;
  private static Customers customers;
  private static Dataset<Row> rows;

  @BeforeAll
  static void write() throws IOException {
    customers = Customers.write(folder, ROWS);
    rows = customers.rows().cache();
    customers.model(folder.resolve("granted"), Customers.BINARY, false);
    customers.model(folder.resolve("grade"), Customers.GRADE, true);
    customers.model(folder.resolve("score"), Customers.SCORE, false);
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(3, 4, 8).withoutBiases().build(session, 7);
      var pass = ForwardPass.ofInference(model);
      SavedModels.write(folder.resolve("saved"), session, List.of(SignatureSpec.serving(pass)));
    }
  }

  private static AttributionTransformer stage(String model) {
    return AttributionTransformer.of(folder.resolve(model).toString()).setIdCol("id");
  }

  private static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream().mapToDouble(d -> d).toArray();
  }

  @Test
  void explainsLikeTheLibraryInTheWordsOfTheLabel() {
    List<Row> found =
        stage("grade")
            .setTargetClasses("low", "predicted")
            .setBaselineOutputCol("baseline")
            .setPredictionCol("prediction")
            .setProbabilityCol("probability")
            .transform(rows)
            .orderBy("id")
            .collectAsList();
    try (TableModel model = TableModel.load(folder.resolve("grade"))) {
      FloatArray features = model.preprocessing().transform(customers.table());
      TablePredictions predictions = model.predict(customers.table());
      Attributions low =
          Attributor.of(
                  model,
                  IntegratedGradients.withDefaults(),
                  AttributorOptions.withDefaults()
                      .withTarget(Target.index(model.labels().classes().indexOf("low"))))
              .attribute(features);
      FloatArray byColumn = model.preprocessing().groups().sumByColumn(low.values());
      for (int i = 0; i < ROWS; i++) {
        Row row = found.get(i);
        List<List<Double>> both =
            row.<scala.collection.Seq<Double>>getList(row.fieldIndex("attribution")).stream()
                .map(seq -> scala.jdk.javaapi.CollectionConverters.asJava(seq))
                .toList();
        float[] expected = byColumn.rows(i, i + 1).values();
        for (int c = 0; c < expected.length; c++) {
          assertThat(both.get(0).get(c)).isCloseTo(expected[c], within(ROUNDING));
        }
        assertThat(row.<String>getAs("prediction")).isEqualTo(predictions.label(i));
        double[] probabilities = row.<Vector>getAs("probability").toArray();
        assertThat(probabilities)
            .containsExactly(
                predictions.probabilities(i).stream().mapToDouble(d -> d).toArray(),
                within(ROUNDING));
        double[] outputs = doubles(row, "explained");
        double[] baselines = doubles(row, "baseline");
        assertThat(both.get(1).stream().mapToDouble(d -> d).sum())
            .isCloseTo(outputs[1] - baselines[1], within(QUADRATURE));
        int best = Arrays.asList("high", "low", "middle").indexOf(predictions.label(i));
        assertThat(outputs[1])
            .isEqualTo(predictions.logits().values()[i * 3 + best], within(ROUNDING));
      }
    }
  }

  @Test
  void aClassOfEachRowHasTheSignsOfThatClass() {
    Dataset<Row> asked =
        rows.withColumn("wanted", when(col("id").mod(2).equalTo(0), "no").otherwise("yes"));
    List<Row> byRow =
        stage("granted")
            .setTargetClassesCol("wanted")
            .transform(asked)
            .orderBy("id")
            .collectAsList();
    List<Row> yes = stage("granted").transform(rows).orderBy("id").collectAsList();
    for (int i = 0; i < ROWS; i++) {
      double sign = i % 2 == 0 ? -1 : 1;
      double[] expected =
          Arrays.stream(doubles(yes.get(i), "attribution")).map(v -> sign * v).toArray();
      assertThat(doubles(byRow.get(i), "attribution")).containsExactly(expected, within(0.0));
      assertThat(byRow.get(i).<Double>getAs("explained"))
          .isEqualTo(sign * yes.get(i).<Double>getAs("explained"));
    }
    List<Row> each =
        stage("grade")
            .setTargetClassesCol(Customers.GRADE)
            .transform(rows)
            .orderBy("id")
            .collectAsList();
    List<Row> low =
        stage("grade").setTargetClasses("low").transform(rows).orderBy("id").collectAsList();
    for (int i = 0; i < ROWS; i++) {
      if (each.get(i).getAs(Customers.GRADE).equals("low")) {
        assertThat(doubles(each.get(i), "attribution"))
            .isEqualTo(doubles(low.get(i), "attribution"));
      }
    }
  }

  @Test
  void aNumberIsExplainedInItsUnit() {
    for (Row row :
        stage("score")
            .setPredictionCol("prediction")
            .setBaselineOutputCol("base")
            .transform(rows)
            .collectAsList()) {
      double prediction = row.<Double>getAs("prediction");
      assertThat(row.<Double>getAs("explained")).isEqualTo(prediction, within(1e-3));
      assertThat(Arrays.stream(doubles(row, "attribution")).sum())
          .isCloseTo(prediction - row.<Double>getAs("base"), within(1e-2));
    }
  }

  @Test
  void vectorsHaveTheNamesOfColumnsAndStructsTheirFields() {
    Dataset<Row> vectors = stage("granted").setOutputType("vector").transform(rows);
    var attributes =
        AttributeGroup.fromStructField(vectors.schema().apply("attribution")).attributes().get();
    assertThat(Arrays.stream(attributes).map(a -> a.name().get()))
        .containsExactly("age", "income", "since", "town", "children", "debt");
    List<Row> arrays = stage("granted").transform(rows).orderBy("id").collectAsList();
    List<Row> asVectors = vectors.orderBy("id").collectAsList();
    List<Row> fields =
        stage("granted")
            .setOutputType("struct")
            .transform(rows)
            .orderBy("id")
            .select("attribution.debt")
            .collectAsList();
    for (int i = 0; i < ROWS; i++) {
      double[] expected = doubles(arrays.get(i), "attribution");
      assertThat(asVectors.get(i).<Vector>getAs("attribution").toArray()).isEqualTo(expected);
      assertThat(fields.get(i).getDouble(0)).isEqualTo(expected[5]);
    }
  }

  @Test
  void longFormHasARowForEachColumn() {
    AttributionTransformer stage = stage("granted");
    Dataset<Row> byColumn = stage.explainLong(rows);
    assertThat(byColumn.columns()).containsExactly("id", "column", "attribution");
    assertThat(byColumn.count()).isEqualTo(ROWS * 6L);
    Row one = stage.transform(rows).filter("id = 17").first();
    assertThat(byColumn.filter("id = 17 and column = 'town'").first().getDouble(2))
        .isEqualTo(doubles(one, "attribution")[3]);
    assertThatThrownBy(() -> stage.copy(new ParamMap()).setIdCol("").explainLong(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("call setIdCol");
  }

  @Test
  void isSavedInAPipelineWithItsModel() throws IOException {
    AttributionTransformer stage =
        stage("granted").setBatchSize(64).setOutputCol("why").setReferences(rows, 5, 1);
    PipelineModel fitted = new Pipeline().setStages(new PipelineStage[] {stage}).fit(rows);
    String path = folder.resolve("pipeline").toString();
    fitted.write().overwrite().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    var again = (AttributionTransformer) loaded.stages()[0];
    assertThat(again.uid()).isEqualTo(stage.uid());
    assertThat(again.getOrDefault(again.batchSize())).isEqualTo(64);
    assertThat(again.getOrDefault(again.references()))
        .isEqualTo(stage.getOrDefault(stage.references()));
    assertThat(
            loaded.transform(rows).select("id", "why", "explained").orderBy("id").collectAsList())
        .isEqualTo(
            fitted.transform(rows).select("id", "why", "explained").orderBy("id").collectAsList());
  }

  @Test
  void aPlainSavedModelTakesVectorsArraysOrNumbers() {
    Dataset<Row> numbers =
        rows.select(
            col("id"),
            col("age").cast("double").divide(50).as("a"),
            col("debt").as("b"),
            lit(0.5).as("c"));
    Column[] abc = {col("a"), col("b"), col("c")};
    AttributionTransformer byColumns =
        stage("saved")
            .setInputCols("a", "b", "c")
            .setPredictionCol("prediction")
            .setProbabilityCol("p");
    List<Row> found = byColumns.transform(numbers).orderBy("id").collectAsList();
    try (LoadedModel model = SavedModels.load(folder.resolve("saved"))) {
      float[] values = new float[ROWS * 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) found.get(i / 3).getDouble(1 + i % 3);
      }
      Attributions expected =
          Attributor.of(model, new XGradient()).attribute(FloatArray.of(values, ROWS, 3));
      for (int i = 0; i < ROWS; i++) {
        float[] ofRow = expected.values().rows(i, i + 1).values();
        double[] shares = doubles(found.get(i), "attribution");
        for (int c = 0; c < 3; c++) {
          assertThat(shares[c]).isEqualTo(ofRow[c], within(ROUNDING));
        }
        double[] p = found.get(i).<Vector>getAs("p").toArray();
        int best = IntStream.range(0, 4).reduce(0, (a, b) -> p[b] > p[a] ? b : a);
        assertThat(found.get(i).<Double>getAs("prediction")).isEqualTo(best);
      }
    }
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(new String[] {"a", "b", "c"})
            .setOutputCol("f")
            .transform(numbers);
    AttributionTransformer byVector = stage("saved").setFeaturesCol("f").setOutputType("vector");
    Dataset<Row> ofVectors = byVector.transform(vectors);
    assertThat(
            Arrays.stream(
                    AttributeGroup.fromStructField(ofVectors.schema().apply("attribution"))
                        .attributes()
                        .get())
                .map(a -> a.name().get()))
        .containsExactly("a", "b", "c");
    List<Row> vectorRows = ofVectors.orderBy("id").collectAsList();
    List<Row> arrayRows =
        stage("saved")
            .setFeaturesCol("f")
            .transform(numbers.select(col("id"), array(abc).as("f")))
            .orderBy("id")
            .collectAsList();
    for (int i = 0; i < ROWS; i++) {
      double[] expected = doubles(found.get(i), "attribution");
      assertThat(vectorRows.get(i).<Vector>getAs("attribution").toArray()).isEqualTo(expected);
      assertThat(doubles(arrayRows.get(i), "attribution")).isEqualTo(expected);
    }
    assertThatThrownBy(() -> stage("saved").setInputCols("a", "b").transform(numbers))
        .hasMessageContaining(
            "inputCols must be 3 columns, one for each input of the model, found 2");
    assertThatThrownBy(
            () ->
                stage("saved").setInputCols("a", "b", "c").setTargetClasses("4").transform(numbers))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stage("saved").transform(numbers))
        .hasMessageContaining("must be given featuresCol or inputCols, one of them, found none");
    for (int rows : new int[] {0, (1 << 20) + 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> stage("saved").setBatchSize(rows)).hasMessageContaining("batchSize");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "incme; income; needs a column \"income\", which is not there; did you mean \"incme\"?",
        "income; age; column \"age\" must be a number, or text that is one, found boolean",
        "explained; income; there is a column \"explained\" already",
        "Explained; income; there is a column \"Explained\" already, which is the same to Spark as \"explained\"",
      })
  void schemasAreCheckedBeforeAJob(String added, String gone, String message) {
    Dataset<Row> wrong =
        added.equals("income")
            ? rows.withColumn("age", lit(true))
            : added.equalsIgnoreCase("explained")
                ? rows.withColumn(added, lit(1))
                : rows.withColumnRenamed(gone, added);
    assertThatThrownBy(() -> stage("granted").transform(wrong))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void capitalsMakeOtherColumnsWhereSparkTellsThem() {
    Dataset<Row> other = rows.withColumn("Explained", lit(1));
    LocalSpark.session().conf().set("spark.sql.caseSensitive", "true");
    try {
      assertThat(stage("granted").transform(other).columns()).contains("Explained", "explained");
    } finally {
      LocalSpark.session().conf().unset("spark.sql.caseSensitive");
    }
    assertThatThrownBy(() -> stage("granted").setPredictionCol("Attribution").transform(rows))
        .hasMessageContaining("there is a column \"attribution\" already, which is the same");
  }

  /** What tells how many broadcasts there were is the number of the next one. */
  @Test
  void aModelIsSentOnce() {
    AttributionTransformer stage = stage("granted");
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    long before = context.broadcast("").id();
    stage.transform(rows);
    stage.explainLong(rows);
    stage.explainLong(rows);
    stage.copy(new ParamMap()).transform(rows);
    assertThat(context.broadcast("").id()).isEqualTo(before + 2);
  }

  @Test
  void longFormTakesKeysOfAnyOtherName() {
    // Names that were used inside.
    for (String name : List.of("position", "key", "word", "one")) {
      Dataset<Row> named = rows.withColumnRenamed("id", name);
      Dataset<Row> found = stage("granted").setIdCol(name).explainLong(named);
      assertThat(found.columns()).containsExactly(name, "column", "attribution");
      assertThat(found.select(name).distinct().count()).isEqualTo(ROWS);
    }
    for (String name : List.of("Column", "attribution")) {
      AttributionTransformer stage = stage("granted").setIdCol(name).setOutputCol("why");
      assertThatThrownBy(() -> stage.explainLong(rows.withColumnRenamed("id", name)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("found idCol \"" + name + "\"; rename it");
    }
  }

  @Test
  void referencesNeedWhatTheModelReads() {
    READ.set(0);
    Dataset<Row> counted = rows.filter((FilterFunction<Row>) row -> READ.incrementAndGet() > 0);
    assertThatThrownBy(
            () -> stage("granted").setReferences(counted.withColumnRenamed("town", "twn"), 5, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("needs a column \"town\"");
    assertThatThrownBy(() -> stage("granted").setIdCol("key").setReferences(counted, 5, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("idCol needs a column \"key\"");
    assertThat(READ).hasValue(0);
    // Nothing is added to references.
    AttributionTransformer stage =
        stage("granted").setReferences(rows.withColumn("attribution", lit("mine")), 5, 1);
    assertThat(stage.getOrDefault(stage.alphas())).hasSize(5);
    assertThat(stage.transform(rows).count()).isEqualTo(ROWS);
    assertThatThrownBy(() -> stage("saved").setInputCols("debt", "age").setReferences(rows, 5, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("inputCols must be 3 columns, one for each input");
  }

  @Test
  void parametersAreCheckedBeforeAJob() {
    assertThatThrownBy(() -> stage("grade").setMethod("xg").transform(rows))
        .hasMessageContaining("not proven homogeneous");
    assertThatThrownBy(() -> stage("grade").setMethod("lime"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lime");
    assertThatThrownBy(() -> stage("grade").setMethod("eg").transform(rows))
        .hasMessageContaining("method eg must have references; call setReferences");
    assertThatThrownBy(() -> stage("grade").setTargetClasses("best").transform(rows))
        .hasMessageContaining("found \"best\"; the classes are high, low, middle");
    assertThatThrownBy(() -> stage("score").setTargetClasses("1").transform(rows))
        .hasMessageContaining("is a number; leave them out");
    assertThatThrownBy(() -> stage("score").setProbabilityCol("p").transform(rows))
        .hasMessageContaining("probabilityCol is for models of classes");
    assertThatThrownBy(() -> stage("grade").setBaseline(1, 2).transform(rows))
        .hasMessageContaining("the baseline must have");
    for (String method : List.of("xg", "ixg", "eg")) {
      AttributionTransformer stage = stage("granted").setReferences(rows, 5, 1).setBaseline(1);
      assertThatThrownBy(() -> stage.setMethod(method).transform(rows))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("method must be ig or auto with it, found " + method);
    }
    assertThatThrownBy(() -> AttributionTransformer.of(folder.resolve("none").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none");
  }

  /** Not all rows of the partition, of which there may be any number. */
  @Test
  void rowsThatAreKeptTakeTheMemoryOfABatch() {
    READ.set(0);
    Dataset<Row> bad =
        rows.withColumn("income", lit(Double.POSITIVE_INFINITY))
            .coalesce(1)
            .filter((FilterFunction<Row>) row -> READ.incrementAndGet() > 0);
    Row first = stage("granted").setBatchSize(16).setHandleInvalid("keep").transform(bad).first();
    assertThat(first.isNullAt(first.fieldIndex("attribution"))).isTrue();
    assertThat(READ.get()).isLessThan(ROWS / 2);
  }

  @Test
  void locationsOfAllKinds() throws IOException {
    Path model = folder.resolve("granted");
    List<Row> expected = stage("granted").transform(rows).orderBy("id").collectAsList();
    Path link = Files.createSymbolicLink(folder.resolve("link"), model);
    for (String location :
        List.of(link.toString(), model.toUri().toString(), "file:" + model, "file://" + model)) {
      assertThat(
              AttributionTransformer.of(location)
                  .setIdCol("id")
                  .transform(rows)
                  .orderBy("id")
                  .collectAsList())
          .isEqualTo(expected);
    }
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "no model");
    for (String location : List.of(other.toString(), "file:" + other)) {
      assertThatThrownBy(() -> AttributionTransformer.of(location))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("other must be a model directory or a SavedModel");
    }
    assertThatThrownBy(() -> AttributionTransformer.of("models:v2"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("models:v2 must be a model directory or a SavedModel");
    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(
        linked.resolve("saved_model.pb"), folder.resolve("saved/saved_model.pb"));
    for (String location : List.of(linked.toString(), "file:" + linked)) {
      assertThatThrownBy(() -> AttributionTransformer.of(location))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("found a link");
    }
    assertThatThrownBy(() -> AttributionTransformer.of("dbfs:/models/credit"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot read the model dbfs:/models/credit")
        .hasMessageContaining("\"dbfs\"");
  }

  @Test
  void rowsThatCannotBeUsedAreNamedLeftOutOrKept() {
    Dataset<Row> bad =
        rows.repartition(3)
            .withColumn(
                "income",
                when(col("id").equalTo(41), lit(Double.POSITIVE_INFINITY))
                    .otherwise(col("income")));
    assertThatThrownBy(() -> stage("granted").transform(bad).count())
        .hasStackTraceContaining(
            "the row with id = 41: column \"income\" must be finite or missing, found Infinity");
    assertThatThrownBy(() -> stage("granted").transform(bad.withColumn("age", lit("x"))).count())
        .hasStackTraceContaining("column \"age\" must be a number, found \"x\"");
    assertThatThrownBy(() -> stage("granted").setTargetClassesCol("town").transform(rows).count())
        .hasStackTraceContaining("column \"town\" must be one of no, yes");
    List<Row> good = stage("granted").transform(rows).orderBy("id").collectAsList();
    List<Row> skipped =
        stage("granted").setHandleInvalid("skip").transform(bad).orderBy("id").collectAsList();
    List<Row> kept =
        stage("granted").setHandleInvalid("keep").transform(bad).orderBy("id").collectAsList();
    assertThat(skipped).hasSize(ROWS - 1);
    assertThat(kept).hasSize(ROWS);
    assertThat(kept.get(41).isNullAt(kept.get(41).fieldIndex("attribution"))).isTrue();
    assertThat(kept.get(41).isNullAt(kept.get(41).fieldIndex("explained"))).isTrue();
    for (int i = 0; i < ROWS; i++) {
      if (i != 41) {
        double[] expected = doubles(good.get(i), "attribution");
        assertThat(doubles(kept.get(i), "attribution")).isEqualTo(expected);
        assertThat(doubles(skipped.get(i < 41 ? i : i - 1), "attribution")).isEqualTo(expected);
      }
    }
  }
}
