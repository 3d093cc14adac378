package org.xgradient.experiments.axioms;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Collection;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.attribution.axioms.AxiomFinding;
import org.xgradient.attribution.axioms.Axioms;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;

/**
 * The checks of one method of the table on one model.
 *
 * <p>Sensitivity (a) compares with one baseline. So there, methods that take references take the
 * zero baseline as their only one.
 */
final class TableChecks {

  private final Axioms axioms;
  private final Axioms fromZero;

  TableChecks(BoundModel model, TableMethod method, FloatArray references, long seed) {
    var options = AttributorOptions.withDefaults().withSeed(seed);
    if (method.takesReferences()) {
      axioms = Axioms.of(model, method.from(references), options).fromReferences(references);
      FloatArray zero = FloatArray.zeros(1, references.rowSize());
      fromZero = Axioms.of(model, method.from(zero), options);
    } else {
      axioms = Axioms.of(model, method.from(references), options);
      fromZero = axioms;
    }
  }

  /** {@return what was found of each axiom} */
  ImmutableMap<Axiom, AxiomFinding> check(FloatArray rows, Collection<Axiom> chosen) {
    return Maps.toMap(
        ImmutableList.copyOf(chosen),
        axiom ->
            (axiom == Axiom.SENSITIVITY_A ? fromZero : axioms).on(rows).check(axiom).of(axiom));
  }
}
