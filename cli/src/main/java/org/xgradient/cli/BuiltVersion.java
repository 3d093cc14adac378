package org.xgradient.cli;

import org.xgradient.data.Provenance;
import picocli.CommandLine.IVersionProvider;

/** The version that the POM has. */
final class BuiltVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"xgradient " + Provenance.version()};
  }
}
