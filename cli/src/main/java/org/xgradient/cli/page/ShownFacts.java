package org.xgradient.cli.page;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.xgradient.data.Provenance;

/** Where a model came from, as a page says it beside how it is explained. */
public final class ShownFacts {

  private static final String PRIOR = "prior";

  /** What a training keeps, by names that would read as those of the explanation. */
  private static final ImmutableMap<String, String> OF_THE_PRIOR =
      ImmutableMap.of(
          "method", "method of the prior",
          "references", "references of the prior",
          "steps", "steps of the prior",
          "tolerance", "tolerance of the prior");

  private ShownFacts() {}

  /** {@return the facts, in which those of the prior of a training are called so} */
  public static ImmutableMap<String, String> of(Provenance provenance) {
    ImmutableMap<String, String> facts = provenance.facts();
    if (!facts.containsKey(PRIOR)) {
      return facts;
    }
    ImmutableMap.Builder<String, String> shown = ImmutableMap.builder();
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      shown.put(OF_THE_PRIOR.getOrDefault(fact.getKey(), fact.getKey()), fact.getValue());
    }
    return shown.buildOrThrow();
  }
}
