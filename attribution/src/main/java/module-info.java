/** Attribution methods that build graph operations, and the runner that executes them. */
@org.jspecify.annotations.NullMarked
module org.xgradient.attribution {
  requires transitive org.xgradient.graph;
  requires java.desktop;
  requires static transitive org.jspecify;

  exports org.xgradient.attribution;
  exports org.xgradient.attribution.completeness;
  exports org.xgradient.attribution.heatmap;
  exports org.xgradient.attribution.memory;
  exports org.xgradient.attribution.reference;
  exports org.xgradient.attribution.axioms;
}
