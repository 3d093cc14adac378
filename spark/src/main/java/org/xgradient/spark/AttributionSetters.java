package org.xgradient.spark;

/** What sets the parameters of {@link AttributionTransformer}. */
public abstract class AttributionSetters extends AttributionParams {

  private static final long serialVersionUID = 1;

  AttributionSetters(String uid) {
    super(uid);
  }

  abstract AttributionTransformer self();

  /**
   * Sets featuresCol.
   *
   * @param value column of vectors or arrays, for a plain SavedModel
   * @return this
   */
  public AttributionTransformer setFeaturesCol(String value) {
    set(featuresCol(), value);
    return self();
  }

  /**
   * Sets inputCols.
   *
   * @param value columns of numbers, for a plain SavedModel
   * @return this
   */
  public AttributionTransformer setInputCols(String... value) {
    set(inputCols(), value);
    return self();
  }

  /**
   * Sets textCol.
   *
   * @param value column of texts, for a model of texts: {@code text} by default
   * @return this
   */
  public AttributionTransformer setTextCol(String value) {
    set(textCol(), value);
    return self();
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
    return self();
  }

  /**
   * Sets idCol.
   *
   * @param value column with a key of the row, for messages and {@link
   *     AttributionTransformer#explainLong}
   * @return this
   */
  public AttributionTransformer setIdCol(String value) {
    set(idCol(), value);
    return self();
  }

  /**
   * Sets outputCol.
   *
   * @param value column to add, with the attributions: {@code attribution} by default
   * @return this
   */
  public AttributionTransformer setOutputCol(String value) {
    set(outputCol(), value);
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
  }

  /**
   * Sets probabilityCol.
   *
   * @param value column to add, with a vector of the probabilities of the classes
   * @return this
   */
  public AttributionTransformer setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return self();
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
    return self();
  }

  /**
   * Sets targetClassesCol.
   *
   * @param value column with the class to explain of each row
   * @return this
   */
  public AttributionTransformer setTargetClassesCol(String value) {
    set(targetClassesCol(), value);
    return self();
  }

  /**
   * Sets method.
   *
   * @param value {@code auto} (X-Gradient where it is exact, else Integrated Gradients, the
   *     default), {@code xg}, {@code ig}, {@code eg} (of columns or vectors only, see {@link
   *     AttributionTransformer#setReferences}) or {@code ixg}
   * @return this
   */
  public AttributionTransformer setMethod(String value) {
    set(method(), value);
    return self();
  }

  /**
   * Sets steps.
   *
   * @param value steps of Integrated Gradients, 128 by default
   * @return this
   */
  public AttributionTransformer setSteps(int value) {
    set(steps(), value);
    return self();
  }

  /**
   * Sets baseline.
   *
   * @param value where the path of Integrated Gradients begins, as features: one value, or one for
   *     each; zero by default. For {@code ig}, and {@code auto}, which is then {@code ig}
   * @return this
   */
  public AttributionTransformer setBaseline(double... value) {
    set(baseline(), value);
    return self();
  }

  /**
   * Sets batchSize.
   *
   * @param value rows that are computed at a time: 1024 by default, 16 images
   * @return this
   */
  public AttributionTransformer setBatchSize(int value) {
    set(batchSize(), value);
    return self();
  }

  /**
   * Sets memoryMegabytes.
   *
   * @param value memory for the values of one run, for each core, 256 by default
   * @return this
   */
  public AttributionTransformer setMemoryMegabytes(int value) {
    set(memoryMegabytes(), value);
    return self();
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
    return self();
  }

  /**
   * Sets signature.
   *
   * @param value signature of a plain SavedModel; empty for the usual one
   * @return this
   */
  public AttributionTransformer setSignature(String value) {
    set(signature(), value);
    return self();
  }

  /**
   * Sets modelOutput.
   *
   * @param value output of the signature; empty for the usual one
   * @return this
   */
  public AttributionTransformer setModelOutput(String value) {
    set(modelOutput(), value);
    return self();
  }
}
