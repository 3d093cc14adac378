package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/** What works image by image: convolutions, pooling, resizing, normalising. */
final class WindowRules {

  private static final ImmutableSet<String> OF_THE_FIRST =
      ImmutableSet.of(
          "Conv2D",
          "Conv3D",
          "DepthwiseConv2dNative",
          "MaxPool",
          "MaxPoolV2",
          "MaxPool3D",
          "AvgPool",
          "AvgPool3D",
          "LRN",
          "SpaceToDepth",
          "DepthToSpace",
          "ExtractImagePatches",
          "ResizeBilinear",
          "ResizeBicubic",
          "ResizeArea",
          "ResizeNearestNeighbor");

  static final ImmutableMap<String, RowRule> ALL = all();

  private WindowRules() {}

  private static ImmutableMap<String, RowRule> all() {
    ImmutableMap.Builder<String, RowRule> rules = ImmutableMap.builder();
    for (String type : OF_THE_FIRST) {
      rules.put(type, operation -> imageByImage(operation, 0));
    }
    for (String type : ImmutableSet.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3")) {
      rules.put(type, WindowRules::normalization);
    }
    return rules
        .put("Conv2DBackpropInput", operation -> imageByImage(operation, 2))
        .put("MaxPoolWithArgmax", WindowRules::withPlaces)
        .put("SpaceToBatchND", WindowRules::spaceToBatch)
        .put("BatchToSpaceND", WindowRules::batchToSpace)
        .buildOrThrow();
  }

  /** The first axis is that of the images, and stays. */
  private static RowVerdict imageByImage(RowOperation operation, int images) {
    for (int i = 0; i < operation.size(); i++) {
      if (i != images && operation.rows(i) instanceof Rows.Along) {
        return RowVerdict.lost("has a kernel that depends on the inputs");
      }
    }
    if (!(operation.rows(images) instanceof Rows.Along along)
        || (operation.rows(0) instanceof Rows.Sizes sizes
            && ShapeRules.countsElsewhere(sizes.values(), 0))) {
      return RowVerdict.lost("works on images whose size depends on the number of rows");
    }
    return along.axis() == 0
        ? RowVerdict.of(along)
        : RowVerdict.mixes("moves a window over the rows of the batch", along);
  }

  /** Of each row by itself, and the places that it says, perhaps counted through the batch. */
  private static RowVerdict withPlaces(RowOperation operation) {
    RowVerdict verdict = imageByImage(operation, 0);
    return verdict.obstacle().isEmpty()
            && operation.attributes().getAttrBool("include_batch_in_index")
        ? RowVerdict.of(verdict.outputs().get(0), new Rows.Lost())
        : verdict;
  }

  /** Where the rows are the channels, each is normalised by itself: Keras writes layers so. */
  private static Optional<RowVerdict> normalizationOfEach(RowOperation operation) {
    int channels =
        operation.attributes().getAttrString("data_format").startsWith("NC")
            ? 1
            : operation.rank(0) - 1;
    if (!(operation.rows(0) instanceof Rows.Along along) || along.axis() != channels) {
      return Optional.empty();
    }
    Rows.Along each = along.onAxis(0);
    for (int i = 1; i < operation.size(); i++) {
      boolean none = operation.rank(i) == 1 && operation.shape(i).get(0) == 0;
      if (!operation.rows(i).equals(each) && !none) {
        return Optional.of(
            RowVerdict.lost("gives each place in the batch a scale or an offset of its own"));
      }
    }
    return Optional.of(RowVerdict.of(along, each, each, each, each, each));
  }

  private static RowVerdict normalization(RowOperation operation) {
    Optional<RowVerdict> ofEach = normalizationOfEach(operation);
    if (ofEach.isPresent()) {
      return ofEach.get();
    }
    if (operation.attributes().getAttrBool("is_training")) {
      return RowVerdict.mixesWithin(
          "normalises by the statistics of the batch, as in training; export the model for inference",
          operation.rows(0));
    }
    RowVerdict verdict = imageByImage(operation, 0);
    return verdict.obstacle().isEmpty()
        ? RowVerdict.of(verdict.outputs().get(0), new Rows.Same())
        : verdict;
  }

  /** Dilated convolutions are written so: the blocks of all rows, one after the other. */
  private static RowVerdict spaceToBatch(RowOperation operation) {
    long blocks = blocks(operation);
    return operation.rows(0) instanceof Rows.Along along
            && along.axis() == 0
            && blocks > 0
            && !operation.othersHaveRows(0)
        ? RowVerdict.along(0, blocks * along.outer(), along.each())
        : RowVerdict.lost("makes blocks that are not followed");
  }

  private static RowVerdict batchToSpace(RowOperation operation) {
    long blocks = blocks(operation);
    return operation.rows(0) instanceof Rows.Along along
            && along.axis() == 0
            && blocks > 0
            && along.outer() % blocks == 0
            && !operation.othersHaveRows(0)
        ? RowVerdict.along(0, along.outer() / blocks, along.each())
        : RowVerdict.lost("joins blocks that are not followed");
  }

  private static long blocks(RowOperation operation) {
    return operation
        .numbers(1)
        .map(
            sides -> {
              long product = 1;
              for (long side : sides) {
                product *= side;
              }
              return product;
            })
        .orElse(-1L);
  }
}
