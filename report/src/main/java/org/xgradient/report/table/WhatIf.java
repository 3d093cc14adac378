package org.xgradient.report.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.LabelEncoding;

/** Whether a reader can change the cells of a row and see what the model makes of them. */
public sealed interface WhatIf {

  /** More weights than these would make the page too large. */
  int MOST_WEIGHTS = 500_000;

  /**
   * The page computes the model.
   *
   * @param network the model
   * @param encodings how the cells become its features
   * @param labels what its outputs mean
   * @param nodes where on the straight way from features of zero to those of the row a gradient is
   *     taken: 1 alone for X-Gradient, the nodes of the quadrature for Integrated Gradients
   * @param weights the weight of each
   * @param note what to say of it
   */
  record Computed(
      DenseNetwork network,
      ImmutableList<ColumnEncoding> encodings,
      LabelEncoding labels,
      ImmutableDoubleArray nodes,
      ImmutableDoubleArray weights,
      String note)
      implements WhatIf {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is not one weight for each node, or the features
     *     are not the network's
     */
    public Computed {
      checkArgument(
          nodes.length() == weights.length() && !nodes.isEmpty(),
          "there must be a weight for each node, found %s and %s",
          weights.length(),
          nodes.length());
      int features = encodings.stream().mapToInt(e -> e.featureNames().size()).sum();
      checkArgument(
          features == network.layers().get(0).inputs(),
          "the cells must become %s features, found %s",
          network.layers().get(0).inputs(),
          features);
    }
  }

  /**
   * It doesn't.
   *
   * @param why a sentence
   */
  record Unavailable(String why) implements WhatIf {

    /** {@return that of a model whose cells become what it is given in a way of its own} */
    public static Unavailable ofOthers() {
      return new Unavailable("The cells of models of others can't be changed on this page.");
    }
  }
}
