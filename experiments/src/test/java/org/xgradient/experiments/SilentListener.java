package org.xgradient.experiments;

/** Says nothing. */
public enum SilentListener implements ExperimentRun.Listener {
  INSTANCE;

  @Override
  public void started(int total, int done) {}

  @Override
  public void finished() {}
}
