package org.xgradient.spark;

import java.util.Arrays;
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
import org.xgradient.data.DataException;
import org.xgradient.spark.model.ExecutorModel;
import org.xgradient.spark.model.ExplainPartition;
import org.xgradient.spark.model.Leases;
import org.xgradient.spark.model.MethodName;
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
public final class AttributionTransformer extends AttributionSetters implements MLWritable {

  private static final long serialVersionUID = 1;

  /** A thousand photographs would fill the heap. */
  private static final int IMAGES_OF_BATCH = 16;

  private final SentArchive sent;
  private final transient ModelDescription description;

  AttributionTransformer(String uid, SentArchive sent, ModelDescription description) {
    super(uid);
    this.sent = sent;
    this.description = description;
    if (description.form() == ModelForm.IMAGE) {
      setDefault(batchSize(), IMAGES_OF_BATCH);
    }
  }

  /**
   * Takes a model.
   *
   * @param location a model directory or a SavedModel, without links in it: a path, or a URI of a
   *     file system that Hadoop knows, such as {@code hdfs:/models/credit}; a relative path that
   *     looks like one begins with {@code ./}
   * @return the stage, with default parameters
   * @throws DataException if there is no such model, or it is damaged
   */
  public static AttributionTransformer of(String location) {
    ModelArchive archive = ShippedFiles.pack(location);
    ModelDescription description;
    try {
      description = ModelDescription.of(archive);
    } catch (DataException e) {
      throw new DataException("the model %s: %s".formatted(location, e.getMessage()), e);
    }
    return new AttributionTransformer(
        Identifiable$.MODULE$.randomUID("xgradient"), new SentArchive(archive), description);
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
   * Takes references for Expected Gradients: each row is compared with the same pairs of a
   * reference and a place on the path from it, which are drawn here, so that its attributions don't
   * depend on the partition it is in.
   *
   * @param rows rows like those to explain, of which {@code draws} are taken at random
   * @param draws how many pairs, at least 1
   * @param seed what they are drawn from
   * @return this, with the method {@code eg}
   * @throws DataException if the model is of texts or images, there is no row, a column is missing
   *     or of another type, or a row can't be used
   */
  public AttributionTransformer setReferences(Dataset<Row> rows, int draws, long seed) {
    References drawn = References.draw(this, rows, draws, seed);
    set(references(), drawn.values().toArray());
    set(alphas(), drawn.alphas().toArray());
    set(method(), MethodName.EG.value());
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    var plan = new Plan(this, dataset);
    try (Leases.Lease<ExecutorModel> model = ExecutorModel.lease(plan.spec(), this::archive)) {
      // What does not fit the model is said now, and not by tasks.
      plan.check(model.get());
    }
    var job =
        new ExplainPartition(
            plan.spec(),
            sent.in(dataset.sparkSession().sparkContext()),
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
   * @throws DataException if {@code idCol} is not set, or called as one of the others, several
   *     classes are explained, or the model is of images
   */
  public Dataset<Row> explainLong(Dataset<?> dataset) {
    return LongForm.of(this, dataset);
  }

  @Override
  public AttributionTransformer copy(ParamMap extra) {
    return copyValues(new AttributionTransformer(uid(), sent, description), extra);
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this, archive());
  }

  @Override
  AttributionTransformer self() {
    return this;
  }

  ModelDescription description() {
    return description;
  }

  ModelArchive archive() {
    return sent.archive();
  }
}
