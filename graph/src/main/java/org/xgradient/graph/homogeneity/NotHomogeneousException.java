package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableList;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;

/** Thrown where homogeneity is needed and not proven; says which operations stand in the way. */
public final class NotHomogeneousException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<Offender> offenders;

  NotHomogeneousException(ImmutableList<Offender> offenders) {
    super("the model is not proven homogeneous:" + Offender.list(offenders));
    this.offenders = offenders;
  }

  /** {@return the message in short: the first operation that stands in the way, and how many do} */
  public String summary() {
    Offender first = offenders.get(0);
    return "the model is not proven homogeneous, as X-Gradient needs it: %s (%s): %s%s"
        .formatted(
            first.operation(),
            first.type(),
            first.reason(),
            offenders.size() == 1 ? "" : ", and %d more".formatted(offenders.size() - 1));
  }

  /** {@return the operations that stand in the way} */
  public ImmutableList<Offender> offenders() {
    return offenders;
  }
}
