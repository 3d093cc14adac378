/** Networks, models and their gradients as TensorFlow graphs. */
@org.jspecify.annotations.NullMarked
module org.xgradient.graph {
  requires transitive org.xgradient.data;
  requires transitive tensorflow;
  requires transitive org.tensorflow.ndarray;
  requires transitive com.google.common;
  requires commons.math3;
  requires jdk.management;
  requires static transitive org.jspecify;

  exports org.xgradient.graph;
  exports org.xgradient.graph.affine;
  exports org.xgradient.graph.architectures;
  exports org.xgradient.graph.embedding;
  exports org.xgradient.graph.homogeneity;
  exports org.xgradient.graph.network;
  exports org.xgradient.graph.rows;
  exports org.xgradient.graph.runtime;
  exports org.xgradient.graph.savedmodel;
}
