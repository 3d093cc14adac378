package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.spark.model.MethodName;

/**
 * The parameters of {@link AttributionTransformer}, which says what they mean, and their defaults.
 */
public abstract class AttributionParams extends Transformer {

  /** More would be no faster, and each task has memory for so many. */
  private static final int MOST_ROWS = 1 << 20;

  private static final long serialVersionUID = 1;

  private static final String NONE = "";

  private final String uid;
  private final Param<String> featuresCol;
  private final StringArrayParam inputCols;
  private final Param<String> textCol;
  private final Param<String> imageCol;
  private final Param<String> idCol;
  private final Param<String> outputCol;
  private final Param<String> outputType;
  private final Param<String> explainedCol;
  private final Param<String> baselineOutputCol;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;
  private final StringArrayParam targetClasses;
  private final Param<String> targetClassesCol;
  private final Param<String> method;
  private final IntParam steps;
  private final DoubleArrayParam baseline;
  private final DoubleArrayParam references;
  private final DoubleArrayParam alphas;
  private final IntParam batchSize;
  private final IntParam memoryMegabytes;
  private final Param<String> handleInvalid;
  private final Param<String> signature;
  private final Param<String> modelOutput;

  AttributionParams(String uid) {
    this.uid = uid;
    featuresCol = text("featuresCol", "column of vectors or arrays, for a plain SavedModel");
    inputCols = texts("inputCols", "columns of numbers, for a plain SavedModel");
    textCol = text("textCol", "column of texts, for a model of texts");
    imageCol = text("imageCol", "column of images, for a model of images");
    idCol = text("idCol", "column with a key of the row, for messages and explainLong");
    outputCol = text("outputCol", "column to add, with the attributions");
    outputType =
        choice(
            "outputType",
            "what the attributions are",
            ImmutableList.of("array", "vector", "struct"));
    explainedCol = text("explainedCol", "column to add, with the explained output; may be empty");
    baselineOutputCol = text("baselineOutputCol", "column to add, with the output at the baseline");
    predictionCol = text("predictionCol", "column to add, with the prediction");
    probabilityCol = text("probabilityCol", "column to add, with a vector of probabilities");
    targetClasses = texts("targetClasses", "classes to explain, or predicted; several give arrays");
    targetClassesCol = text("targetClassesCol", "column with the class to explain of each row");
    method =
        choice(
            "method",
            "how rows are explained",
            Arrays.stream(MethodName.values())
                .map(MethodName::value)
                .collect(ImmutableList.toImmutableList()));
    steps = number("steps", "steps of Integrated Gradients");
    baseline = numbers("baseline", "where its path begins: one value, or one for each feature");
    references = numbers("references", "the references of eg; set by setReferences");
    alphas = numbers("alphas", "the places on the paths of eg; set by setReferences");
    batchSize =
        new IntParam(
            this,
            "batchSize",
            "rows that are computed at a time",
            ParamValidators.inRange(1, MOST_ROWS, true, true));
    memoryMegabytes = number("memoryMegabytes", "memory for the values of one run");
    handleInvalid =
        choice(
            "handleInvalid",
            "what is done with rows that can't be used",
            ImmutableList.of("error", "skip", "keep"));
    signature = text("signature", "signature of a plain SavedModel; empty for the usual one");
    modelOutput = text("modelOutput", "output of the signature; empty for the usual one");
    for (Param<String> column :
        List.of(
            featuresCol,
            idCol,
            baselineOutputCol,
            predictionCol,
            probabilityCol,
            targetClassesCol,
            signature,
            modelOutput)) {
      setDefault(column, NONE);
    }
    setDefault(inputCols, new String[0]);
    setDefault(targetClasses, new String[0]);
    setDefault(textCol, "text");
    setDefault(imageCol, "image");
    setDefault(outputCol, "attribution");
    setDefault(outputType, "array");
    setDefault(explainedCol, "explained");
    setDefault(method, MethodName.AUTO.value());
    setDefault(steps, IntegratedGradients.DEFAULT_STEPS);
    setDefault(baseline, new double[0]);
    setDefault(references, new double[0]);
    setDefault(alphas, new double[0]);
    setDefault(batchSize, 1024);
    setDefault(memoryMegabytes, 256);
    setDefault(handleInvalid, "error");
  }

  private Param<String> text(String name, String about) {
    return new Param<>(this, name, about);
  }

  private StringArrayParam texts(String name, String about) {
    return new StringArrayParam(this, name, about);
  }

  private IntParam number(String name, String about) {
    return new IntParam(this, name, about, ParamValidators.gtEq(1));
  }

  private DoubleArrayParam numbers(String name, String about) {
    return new DoubleArrayParam(this, name, about);
  }

  private Param<String> choice(String name, String about, ImmutableList<String> choices) {
    return new Param<>(
        this,
        name,
        about + ": " + String.join(", ", choices),
        ParamValidators.inArray(choices.toArray(new String[0])));
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setFeaturesCol}} */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setInputCols}} */
  public StringArrayParam inputCols() {
    return inputCols;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setTextCol}} */
  public Param<String> textCol() {
    return textCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setImageCol}} */
  public Param<String> imageCol() {
    return imageCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setIdCol}} */
  public Param<String> idCol() {
    return idCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setOutputCol}} */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setOutputType}} */
  public Param<String> outputType() {
    return outputType;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setExplainedCol}} */
  public Param<String> explainedCol() {
    return explainedCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setBaselineOutputCol}} */
  public Param<String> baselineOutputCol() {
    return baselineOutputCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setPredictionCol}} */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setProbabilityCol}} */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setTargetClasses}} */
  public StringArrayParam targetClasses() {
    return targetClasses;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setTargetClassesCol}} */
  public Param<String> targetClassesCol() {
    return targetClassesCol;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setMethod}} */
  public Param<String> method() {
    return method;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setSteps}} */
  public IntParam steps() {
    return steps;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setBaseline}} */
  public DoubleArrayParam baseline() {
    return baseline;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setReferences}} */
  public DoubleArrayParam references() {
    return references;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setReferences}} */
  public DoubleArrayParam alphas() {
    return alphas;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setBatchSize}} */
  public IntParam batchSize() {
    return batchSize;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setMemoryMegabytes}} */
  public IntParam memoryMegabytes() {
    return memoryMegabytes;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setHandleInvalid}} */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setSignature}} */
  public Param<String> signature() {
    return signature;
  }

  /** {@return the parameter; see {@link AttributionTransformer#setModelOutput}} */
  public Param<String> modelOutput() {
    return modelOutput;
  }
}
