/** Metrics of attributions and of models. */
@org.jspecify.annotations.NullMarked
module org.xgradient.metrics {
  requires transitive org.xgradient.attribution;
  requires org.apache.commons.csv;
  requires static transitive org.jspecify;

  exports org.xgradient.metrics;
  exports org.xgradient.metrics.masking;
}
