package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Optional;

/** What picks entries by their places. */
final class GatherRules {

  static final ImmutableMap<String, RowRule> ALL =
      ImmutableMap.of(
          "Gather", operation -> gather(operation, Optional.of(new long[] {0}), 0),
          "GatherV2", GatherRules::gatherV2,
          "ResourceGather", operation -> gather(operation, Optional.of(new long[] {0}), 0),
          "GatherNd", GatherRules::gatherNd,
          "ResourceGatherNd", GatherRules::gatherNd);

  private static final String PICKS_ROWS = "picks rows of the batch by their places";

  private GatherRules() {}

  private static RowVerdict gatherV2(RowOperation operation) {
    long inBatches = operation.attributes().getAttrInt("batch_dims");
    int rank = operation.rank(1);
    return gather(
        operation,
        operation.axes(2, operation.rank(0)),
        (int) (inBatches < 0 && rank >= 0 ? inBatches + rank : inBatches));
  }

  private static RowVerdict gather(RowOperation operation, Optional<long[]> axes, int inBatches) {
    if (operation.rows(0) instanceof Rows.Sizes sizes) {
      return operation
          .numbers(1)
          .map(
              places ->
                  RowVerdict.sizes(
                      Arrays.stream(places)
                          .mapToObj(place -> sizes.values().get((int) place))
                          .toList()))
          .orElseGet(() -> RowVerdict.lost("picks sizes that are not known"));
    }
    if (axes.isEmpty() || operation.rank(1) < 0 || operation.any(Rows.Sizes.class)) {
      return RowVerdict.lost("picks along an axis that is not known");
    }
    int axis = (int) axes.get()[0];
    int picked = operation.rank(1) - inBatches;
    if (operation.rows(0) instanceof Rows.Along values) {
      boolean inBatch = values.axis() < inBatches;
      if (values.axis() == axis) {
        return RowVerdict.mixes(PICKS_ROWS);
      }
      if (operation.rows(1) instanceof Rows.Along places && !(inBatch && places.equals(values))) {
        return RowVerdict.mixes("picks from each row at the places of all others");
      }
      if (inBatch && operation.rows(1) instanceof Rows.Same) {
        return RowVerdict.lost("picks at places that may differ between rows");
      }
      return RowVerdict.of(
          values.onAxis(values.axis() < axis ? values.axis() : values.axis() + picked - 1));
    }
    Rows.Along places = (Rows.Along) operation.rows(1);
    return places.axis() < inBatches
        ? RowVerdict.lost("picks from values that may differ between rows")
        : RowVerdict.of(places.onAxis(axis + places.axis() - inBatches));
  }

  private static RowVerdict gatherNd(RowOperation operation) {
    if (operation.rows(0) instanceof Rows.Along) {
      // The first axis is that of what is picked, and the rows come after it.
      return operation.rows(1) instanceof Rows.Same && ((Rows.Along) operation.rows(0)).axis() == 0
          ? RowVerdict.mixes(PICKS_ROWS)
          : RowVerdict.lost("picks at places that are not followed");
    }
    return operation.rows(1) instanceof Rows.Along places
            && operation.rank(1) >= 0
            && places.axis() < operation.rank(1) - 1
        ? RowVerdict.of(places)
        : RowVerdict.lost("picks at places that are not followed");
  }
}
