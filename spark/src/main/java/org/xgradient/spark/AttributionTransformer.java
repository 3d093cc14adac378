package org.xgradient.spark;

import com.google.common.primitives.ImmutableDoubleArray;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.spark.model.ExecutorModel;
import org.xgradient.spark.model.ExplainPartition;
import org.xgradient.spark.model.Leases;
import org.xgradient.spark.model.MethodSpec;
import org.xgradient.spark.model.ModelArchive;
import org.xgradient.spark.model.ModelForm;

/**
 * Explains the rows of a DataFrame by a model: adds what each column contributes to the explained
 * output, and on demand the output, the prediction and the probabilities.
 *
 * <p>The model is a model directory of a table, whose columns are taken by name with its
 * preprocessing, or of texts or images, which takes {@code textCol} or {@code imageCol}, or any
 * SavedModel, which takes {@code featuresCol} (vectors or arrays) or {@code inputCols} (numbers).
 * It travels with this stage to the executors, and with a saved pipeline.
 *
 * <p>Rows have the same bits in however many partitions they lie, and those of {@code xgradient
 * attribute --batch 1024 --threads 1 --memory 256} for the default batch size and memory. The
 * schema, the method and the outputs are checked when {@code transform} is called, before a job
 * starts.
 */
public final class AttributionTransformer extends AttributionParams implements MLWritable {

  private static final long serialVersionUID = 1;

  private static final int MOST_CANDIDATES = 10_000;

  /** A thousand photographs would fill the heap. */
  private static final int IMAGES_OF_BATCH = 16;

  private final ModelArchive archive;
  private final transient ModelDescription description;
  private transient @Nullable Sent sent;

  /** The archive as it was sent to the executors of an application. */
  private record Sent(WeakReference<SparkContext> application, Broadcast<ModelArchive> archive) {

    boolean isOf(SparkContext other) {
      return application.get() == other && archive.isValid();
    }
  }

  AttributionTransformer(String uid, ModelArchive archive, ModelDescription description) {
    super(uid);
    this.archive = archive;
    this.description = description;
    if (description.form() == ModelForm.IMAGE) {
      setDefault(batchSize(), IMAGES_OF_BATCH);
    }
  }

  /**
   * Takes a model.
   *
   * @param location a model directory or a SavedModel: a path, or a URI of a file system that
   *     Hadoop knows, such as HDFS
   * @return the stage, with default parameters
   * @throws DataException if there is no such model, or it is damaged
   */
  public static AttributionTransformer of(String location) {
    ModelArchive archive = ModelFiles.pack(location);
    ModelDescription description;
    try {
      description = ModelDescription.of(archive);
    } catch (DataException e) {
      throw new DataException("the model %s: %s".formatted(location, e.getMessage()), e);
    }
    return new AttributionTransformer(
        Identifiable$.MODULE$.randomUID("xgradient"), archive, description);
  }

  /** {@return what reads saved stages; {@code PipelineModel.load} uses it} */
  public static MLReader<AttributionTransformer> read() {
    return new StageReader();
  }

  /**
   * Reads a saved stage.
   *
   * @param path where it was saved
   * @return the stage
   */
  public static AttributionTransformer load(String path) {
    return read().load(path);
  }

  /**
   * Sets featuresCol.
   *
   * @param value column of vectors or arrays, for a plain SavedModel
   * @return this
   */
  public AttributionTransformer setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  /**
   * Sets inputCols.
   *
   * @param value columns of numbers, for a plain SavedModel
   * @return this
   */
  public AttributionTransformer setInputCols(String... value) {
    set(inputCols(), value);
    return this;
  }

  /**
   * Sets textCol.
   *
   * @param value column of texts, for a model of texts: {@code text} by default
   * @return this
   */
  public AttributionTransformer setTextCol(String value) {
    set(textCol(), value);
    return this;
  }

  /**
   * Sets imageCol.
   *
   * @param value column of images, for a model of images: the content of files, as Spark's source
   *     {@code binaryFile} has it, or the images of its source {@code image}; {@code image} by
   *     default
   * @return this
   */
  public AttributionTransformer setImageCol(String value) {
    set(imageCol(), value);
    return this;
  }

  /**
   * Sets idCol.
   *
   * @param value column with a key of the row, for messages and {@link #explainLong}
   * @return this
   */
  public AttributionTransformer setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  /**
   * Sets outputCol.
   *
   * @param value column to add, with the attributions: {@code attribution} by default
   * @return this
   */
  public AttributionTransformer setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  /**
   * Sets outputType.
   *
   * @param value what the attributions are: {@code array} of doubles (the default), {@code vector}
   *     with the names of the columns as ML attributes, or {@code struct} with a field for each
   *     column. Of texts an array has a value for each word, and {@code struct} means an array of
   *     structs of a word and its attribution. Of images there is a value for each pixel that the
   *     network sees, row by row, summed over the channels, as array or vector
   * @return this
   */
  public AttributionTransformer setOutputType(String value) {
    set(outputType(), value);
    return this;
  }

  /**
   * Sets explainedCol.
   *
   * @param value column to add, with the explained output, {@code explained} by default; empty for
   *     none
   * @return this
   */
  public AttributionTransformer setExplainedCol(String value) {
    set(explainedCol(), value);
    return this;
  }

  /**
   * Sets baselineOutputCol.
   *
   * @param value column to add, with the output at the baseline: attributions add up to the
   *     difference
   * @return this
   */
  public AttributionTransformer setBaselineOutputCol(String value) {
    set(baselineOutputCol(), value);
    return this;
  }

  /**
   * Sets predictionCol.
   *
   * @param value column to add, with the prediction: a class or a number in the words of the label,
   *     or the index of the largest logit of a plain SavedModel
   * @return this
   */
  public AttributionTransformer setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  /**
   * Sets probabilityCol.
   *
   * @param value column to add, with a vector of the probabilities of the classes
   * @return this
   */
  public AttributionTransformer setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  /**
   * Sets targetClasses.
   *
   * @param value classes to explain: names for a model directory, indices for a plain SavedModel,
   *     or {@code predicted}; several make arrays of what is added. None: the second of two
   *     classes, the predicted one of several
   * @return this
   */
  public AttributionTransformer setTargetClasses(String... value) {
    set(targetClasses(), value);
    return this;
  }

  /**
   * Sets targetClassesCol.
   *
   * @param value column with the class to explain of each row
   * @return this
   */
  public AttributionTransformer setTargetClassesCol(String value) {
    set(targetClassesCol(), value);
    return this;
  }

  /**
   * Sets method.
   *
   * @param value {@code auto} (X-Gradient where it is exact, else Integrated Gradients, the
   *     default), {@code xg}, {@code ig}, {@code eg} (see {@link #setReferences}) or {@code ixg}
   * @return this
   */
  public AttributionTransformer setMethod(String value) {
    set(method(), value);
    return this;
  }

  /**
   * Sets steps.
   *
   * @param value steps of Integrated Gradients, 128 by default
   * @return this
   */
  public AttributionTransformer setSteps(int value) {
    set(steps(), value);
    return this;
  }

  /**
   * Sets baseline.
   *
   * @param value where the path of Integrated Gradients begins, as features: one value, or one for
   *     each; zero by default
   * @return this
   */
  public AttributionTransformer setBaseline(double... value) {
    set(baseline(), value);
    return this;
  }

  /**
   * Sets batchSize.
   *
   * @param value rows that are computed at a time: 1024 by default, 16 images
   * @return this
   */
  public AttributionTransformer setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  /**
   * Sets memoryMegabytes.
   *
   * @param value memory for the values of one run, for each core, 256 by default
   * @return this
   */
  public AttributionTransformer setMemoryMegabytes(int value) {
    set(memoryMegabytes(), value);
    return this;
  }

  /**
   * Sets handleInvalid.
   *
   * @param value what is done with rows that can't be used: {@code error} (the default), {@code
   *     skip}, or {@code keep} with null in what is added
   * @return this
   */
  public AttributionTransformer setHandleInvalid(String value) {
    set(handleInvalid(), value);
    return this;
  }

  /**
   * Sets signature.
   *
   * @param value signature of a plain SavedModel; empty for the usual one
   * @return this
   */
  public AttributionTransformer setSignature(String value) {
    set(signature(), value);
    return this;
  }

  /**
   * Sets modelOutput.
   *
   * @param value output of the signature; empty for the usual one
   * @return this
   */
  public AttributionTransformer setModelOutput(String value) {
    set(modelOutput(), value);
    return this;
  }

  /**
   * Takes references for Expected Gradients: each row is compared with the same pairs of a
   * reference and a place on the path from it, which are drawn here, so that its attributions don't
   * depend on the partition it is in.
   *
   * @param rows rows like those to explain, of which {@code draws} are taken at random
   * @param draws how many pairs, at least 1
   * @param seed what they are drawn from
   * @return this, with the method {@code eg}
   * @throws DataException if there is no row, or a row can't be used
   */
  public AttributionTransformer setReferences(Dataset<Row> rows, int draws, long seed) {
    if (draws < 1) {
      throw new DataException("there must be at least 1 reference, found " + draws);
    }
    // Rows are put in an order of their own, so that partitions make no difference.
    List<Row> candidates =
        rows.orderBy(functions.xxhash64(columns(rows)))
            .limit(Math.max(draws, MOST_CANDIDATES))
            .collectAsList();
    if (candidates.isEmpty()) {
      throw new DataException("there must be at least one reference, found an empty DataFrame");
    }
    AttributionTransformer reading = copy(new ParamMap());
    reading.set(reading.method(), MethodSpec.AUTO);
    var plan = new Plan(reading, rows);
    var random = new SplittableRandom(seed);
    ImmutableDoubleArray.Builder drawn = ImmutableDoubleArray.builder();
    double[] places = new double[draws];
    try (Leases.Lease<ExecutorModel> model = ExecutorModel.lease(plan.plain(), () -> archive)) {
      for (int i = 0; i < draws; i++) {
        Row row = candidates.get(random.nextInt(candidates.size()));
        drawn.addAll(ImmutableDoubleArray.copyOf(plan.features(model.get(), row)));
        places[i] = random.nextDouble();
      }
    }
    set(references(), drawn.build().toArray());
    set(alphas(), places);
    set(method(), MethodSpec.EG);
    return this;
  }

  private static Column[] columns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns())
        .map(name -> rows.col(Quoted.name(name)))
        .toArray(Column[]::new);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    var plan = new Plan(this, dataset);
    try (Leases.Lease<ExecutorModel> model = ExecutorModel.lease(plan.spec(), () -> archive)) {
      // What does not fit the model is said now, and not by tasks.
      plan.check(model.get());
    }
    var job =
        new ExplainPartition(
            plan.spec(),
            broadcast(dataset),
            plan.input(),
            plan.classes(),
            plan.key(),
            plan.invalid(),
            plan.output());
    StructType schema = plan.schema();
    return dataset
        .toDF()
        .mapPartitions(job, Encoders.row(schema))
        // Encoders know nothing of metadata, such as the attributes of vectors.
        .select(
            Arrays.stream(schema.fields())
                .map(f -> functions.col(Quoted.name(f.name())).as(f.name(), f.metadata()))
                .toArray(Column[]::new));
  }

  private synchronized Broadcast<ModelArchive> broadcast(Dataset<?> dataset) {
    SparkContext application = dataset.sparkSession().sparkContext();
    Sent last = sent;
    if (last == null || !last.isOf(application)) {
      last =
          new Sent(
              new WeakReference<>(application),
              JavaSparkContext.fromSparkContext(application).broadcast(archive));
      sent = last;
    }
    return last.archive();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return new Plan(this, schema, ColumnNames.ofActiveSession()).schema();
  }

  /**
   * Explains rows, and gives a row for each contribution: the columns {@code idCol}, {@code column}
   * and {@code attribution}, for SQL.
   *
   * @param dataset the rows
   * @return a row for each row and column, or for each word of a text
   * @throws DataException if {@code idCol} is not set, several classes are explained, or the model
   *     is of images
   */
  public Dataset<Row> explainLong(Dataset<?> dataset) {
    String id = getOrDefault(idCol());
    if (id.isEmpty()) {
      throw new DataException("explainLong must know the key of rows; call setIdCol");
    }
    if (getOrDefault(targetClasses()).length > 1) {
      throw new DataException(
          "explainLong explains one class, found %s in targetClasses; call it for each"
              .formatted(getOrDefault(targetClasses()).length));
    }
    AttributionTransformer plain = copy(new ParamMap());
    if (description.form() == ModelForm.TEXT) {
      return plain
          .setOutputType("struct")
          .transform(dataset)
          .select(
              functions.col(Quoted.name(id)),
              functions.explode(functions.col(Quoted.name(getOrDefault(outputCol())))).as("one"))
          .select(
              functions.col(Quoted.name(id)),
              functions.col("one.word").as("column"),
              functions.col("one.attribution").as("attribution"));
    }
    if (description.form() == ModelForm.IMAGE) {
      throw new DataException("explainLong is for columns and words; images have neither");
    }
    plain.set(plain.outputType(), "array");
    List<String> names = new Plan(plain, dataset).columnNames();
    return plain
        .transform(dataset)
        .select(
            functions.col(Quoted.name(id)),
            functions
                .posexplode(functions.col(Quoted.name(getOrDefault(outputCol()))))
                .as(new String[] {"position", "attribution"}))
        .select(
            functions.col(Quoted.name(id)),
            functions
                .element_at(
                    functions.array(names.stream().map(functions::lit).toArray(Column[]::new)),
                    functions.col("position").plus(1))
                .as("column"),
            functions.col("attribution"));
  }

  @Override
  public AttributionTransformer copy(ParamMap extra) {
    var copy = new AttributionTransformer(uid(), archive, description);
    return copyValues(copy, extra);
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this, archive);
  }

  ModelDescription description() {
    return description;
  }

  ModelArchive archive() {
    return archive;
  }
}
