/** Objectives with attribution priors, the trainer and trained models. */
@org.jspecify.annotations.NullMarked
module org.xgradient.training {
  requires transitive org.xgradient.metrics;
  requires commons.math3;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports org.xgradient.training;
  exports org.xgradient.training.image;
  exports org.xgradient.training.model;
  exports org.xgradient.training.objective;
  exports org.xgradient.training.optimizer;
  exports org.xgradient.training.swap;
  exports org.xgradient.training.table;
  exports org.xgradient.training.text;

  opens org.xgradient.training to
      com.fasterxml.jackson.databind;
  opens org.xgradient.training.image to
      com.fasterxml.jackson.databind;
  opens org.xgradient.training.model to
      com.fasterxml.jackson.databind;
  opens org.xgradient.training.text to
      com.fasterxml.jackson.databind;
}
