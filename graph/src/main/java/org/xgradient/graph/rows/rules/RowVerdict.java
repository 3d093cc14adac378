package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What a rule says of an operation.
 *
 * @param outputs what its outputs have to do with the rows; the last stands for those after it, too
 * @param obstacle why rows are not independent, or not followed; empty if all is well
 */
record RowVerdict(ImmutableList<Rows> outputs, Optional<Obstacle> obstacle) {

  /**
   * What stands in the way.
   *
   * @param certain whether rows do know each other, so that it is no lack of knowledge
   * @param keepsShape whether the outputs have the shapes that they would have without it
   * @param reason why
   * @param fix what would help
   */
  record Obstacle(boolean certain, boolean keepsShape, String reason, String fix) {}

  static RowVerdict of(Rows... outputs) {
    return new RowVerdict(ImmutableList.copyOf(outputs), Optional.empty());
  }

  static RowVerdict along(int axis, long outer, long each) {
    return of(new Rows.Along(axis, outer, each));
  }

  static RowVerdict sizes(Iterable<Size> values) {
    return of(new Rows.Sizes(ImmutableList.copyOf(values)));
  }

  /** Rows know each other; the outputs are taken to be the same for all of them. */
  static RowVerdict mixes(String reason) {
    return mixes(reason, new Rows.Same());
  }

  /** Rows know each other; the walk goes on with outputs as if they did not. */
  static RowVerdict mixes(String reason, Rows repaired) {
    return mixes(reason, false, repaired);
  }

  /** Rows know each other, in outputs whose shape is that of the repaired ones. */
  static RowVerdict mixesWithin(String reason, Rows repaired) {
    return mixes(reason, true, repaired);
  }

  private static RowVerdict mixes(String reason, boolean keepsShape, Rows repaired) {
    return new RowVerdict(
        ImmutableList.of(repaired),
        Optional.of(
            new Obstacle(
                true,
                keepsShape,
                reason,
                "let each row's output depend on that row only, as it would alone in a batch")));
  }

  /** Rows are not followed any further. */
  static RowVerdict lost(String reason) {
    return new RowVerdict(
        ImmutableList.of(new Rows.Lost()),
        Optional.of(
            new Obstacle(
                false,
                false,
                reason + ", so that it is not known whether rows stay apart",
                "use constant axes and sizes, and operations that the proof knows")));
  }
}
