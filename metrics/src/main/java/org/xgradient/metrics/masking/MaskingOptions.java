package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.attribution.ProgressListener;
import org.xgradient.attribution.memory.MemoryBudget;

/**
 * How a {@link MaskingEvaluation} runs.
 *
 * @param metrics the metrics, at least one, no two of the same name
 * @param fractions the fractions of pixels that stay, at least 2, increasing, each in {@code [0,
 *     1]}
 * @param fill what masked pixels become
 * @param memoryBudget the bytes that the values of one run may take
 * @param maxBatch the largest number of masked examples in one run
 * @param progress told after each run how many images of how many are done, each counted once for
 *     each method
 */
public record MaskingOptions(
    ImmutableList<MaskingMetric> metrics,
    ImmutableDoubleArray fractions,
    Fill fill,
    long memoryBudget,
    int maxBatch,
    ProgressListener progress) {

  private static final int DEFAULT_MAX_BATCH = 1024;

  /** Petsiuk et al. remove 224 pixels of 224 x 224 at a time. */
  private static final int CAUSAL_STEPS = 224;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public MaskingOptions {
    checkArgument(!metrics.isEmpty(), "there must be at least one metric, found none");
    long names = metrics.stream().map(MaskingMetric::name).distinct().count();
    checkArgument(
        names == metrics.size(), "the names of the metrics must differ, found %s", metrics);
    KeptFractions.check(fractions);
    checkArgument(
        memoryBudget >= 1, "the memory budget must be at least 1 byte, found %s", memoryBudget);
    checkArgument(maxBatch >= 1, "the batch must be at least 1 example, found %s", maxBatch);
  }

  /**
   * {@return the six metrics of the two families, the fractions and the blur of the paper, a budget
   * of 1 GB or an eighth of the machine's memory if that is less, no progress}
   */
  public static MaskingOptions withDefaults() {
    return new MaskingOptions(
        MaskingMetric.FAMILIES,
        KeptFractions.paper(),
        GaussianBlur.withDefaults(),
        MemoryBudget.ofThisMachine(MemoryBudget.OF_USE),
        DEFAULT_MAX_BATCH,
        ProgressListener.NONE);
  }

  /**
   * {@return {@link MaskingMetric#INSERTION} from none to all pixels in 224 steps, out of a blurred
   * image: 11 pixels, sigma 5}
   *
   * <p>The authors of the metric pad with zeros at the edges, where this reflects.
   */
  public static MaskingOptions insertion() {
    return withDefaults()
        .withMetrics(MaskingMetric.INSERTION)
        .withFractions(KeptFractions.linear(CAUSAL_STEPS + 1))
        .withFill(new GaussianBlur(11, 5, GaussianBlur.Kernel.TEXTBOOK));
  }

  /**
   * {@return {@link MaskingMetric#DELETION} from all to no pixels in 224 steps; deleted pixels
   * become 0, the mean color of normalized images}
   */
  public static MaskingOptions deletion() {
    return withDefaults()
        .withMetrics(MaskingMetric.DELETION)
        .withFractions(KeptFractions.linear(CAUSAL_STEPS + 1))
        .withFill(Fill.constant(0));
  }

  /**
   * The same with other metrics.
   *
   * @param metrics the metrics
   * @return the options
   */
  public MaskingOptions withMetrics(MaskingMetric... metrics) {
    return withMetrics(ImmutableList.copyOf(metrics));
  }

  /**
   * The same with other metrics.
   *
   * @param metrics the metrics
   * @return the options
   */
  public MaskingOptions withMetrics(ImmutableList<MaskingMetric> metrics) {
    return new MaskingOptions(metrics, fractions, fill, memoryBudget, maxBatch, progress);
  }

  /**
   * The same with other fractions.
   *
   * @param fractions the fractions of pixels that stay
   * @return the options
   */
  public MaskingOptions withFractions(ImmutableDoubleArray fractions) {
    return new MaskingOptions(metrics, fractions, fill, memoryBudget, maxBatch, progress);
  }

  /**
   * The same with another fill.
   *
   * @param fill what masked pixels become
   * @return the options
   */
  public MaskingOptions withFill(Fill fill) {
    return new MaskingOptions(metrics, fractions, fill, memoryBudget, maxBatch, progress);
  }

  /**
   * The same with another budget.
   *
   * @param bytes the bytes that the values of one run may take
   * @return the options
   */
  public MaskingOptions withMemoryBudget(long bytes) {
    return new MaskingOptions(metrics, fractions, fill, bytes, maxBatch, progress);
  }

  /**
   * The same with another batch.
   *
   * @param examples the largest number of masked examples in one run
   * @return the options
   */
  public MaskingOptions withMaxBatch(int examples) {
    return new MaskingOptions(metrics, fractions, fill, memoryBudget, examples, progress);
  }

  /**
   * The same with another listener.
   *
   * @param progress the listener
   * @return the options
   */
  public MaskingOptions withProgress(ProgressListener progress) {
    return new MaskingOptions(metrics, fractions, fill, memoryBudget, maxBatch, progress);
  }
}
