/** Metrics of attributions and of models. */
@org.jspecify.annotations.NullMarked
module org.xgradient.metrics {
  requires transitive org.xgradient.attribution;
  requires commons.math3;
  requires static transitive org.jspecify;

  exports org.xgradient.metrics;
}
