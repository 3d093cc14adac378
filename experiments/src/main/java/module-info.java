/** The paper's tables and figures as library calls. */
@org.jspecify.annotations.NullMarked
module org.xgradient.experiments {
  requires transitive org.xgradient.training;
  requires commons.math3;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static transitive org.jspecify;

  uses org.xgradient.experiments.WorkerPoolProvider;

  exports org.xgradient.experiments;
  exports org.xgradient.experiments.axioms;
  exports org.xgradient.experiments.decoy;
  exports org.xgradient.experiments.efficiency;
  exports org.xgradient.experiments.image;
  exports org.xgradient.experiments.mortality;
  exports org.xgradient.experiments.promises;
  exports org.xgradient.experiments.sparsity;
  exports org.xgradient.experiments.text;

  opens org.xgradient.experiments to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.axioms to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.decoy to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.efficiency to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.image to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.promises to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.sparsity to
      com.fasterxml.jackson.databind;
  opens org.xgradient.experiments.text to
      com.fasterxml.jackson.databind;
}
