/** Objectives with attribution priors, and the trainer. */
@org.jspecify.annotations.NullMarked
module org.xgradient.training {
  requires transitive org.xgradient.metrics;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports org.xgradient.training;
}
