package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The group lasso on mean absolute attributions. */
record GroupPrior(ImmutableList<ImmutableIntArray> groups) implements Prior {

  static GroupPrior of(List<ImmutableIntArray> groups) {
    checkArgument(!groups.isEmpty(), "there must be at least one group of features, found none");
    for (ImmutableIntArray group : groups) {
      checkArgument(!group.isEmpty(), "a group must have at least one feature, found %s", groups);
      checkArgument(
          group.stream().distinct().count() == group.length(),
          "the features of a group must differ, found %s",
          group);
    }
    return new GroupPrior(ImmutableList.copyOf(groups));
  }

  @Override
  public Operand<TFloat32> penalty(Ops graph, Operand<TFloat32> attributions) {
    Ops tf = graph.withSubScope("groups");
    int features = MeanAbsolute.features(attributions);
    var members =
        tf.reshape(
            tf.constant(membership(features)), tf.constant(new int[] {features, groups.size()}));
    var squares = tf.math.square(MeanAbsolute.of(tf, attributions));
    // [1, features] · [features, groups]
    var sums = tf.linalg.matMul(tf.expandDims(squares, tf.constant(0)), members);
    float[] roots = new float[groups.size()];
    for (int g = 0; g < roots.length; g++) {
      roots[g] = (float) Math.sqrt(groups.get(g).length());
    }
    var norms = tf.math.mul(SafeRoot.of(tf, sums), tf.constant(roots));
    return tf.reduceSum(norms, tf.constant(new int[] {0, 1}));
  }

  /** 1 where a feature is in a group, in row-major order of {@code [features, groups]}. */
  private float[] membership(int features) {
    float[] members = new float[Math.multiplyExact(features, groups.size())];
    for (int g = 0; g < groups.size(); g++) {
      for (int feature : groups.get(g).asList()) {
        checkArgument(
            feature >= 0 && feature < features,
            "features of groups must be in [0, %s), found %s",
            features,
            feature);
        members[feature * groups.size() + g] = 1;
      }
    }
    return members;
  }
}
