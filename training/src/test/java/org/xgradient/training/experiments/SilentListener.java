package org.xgradient.training.experiments;

/** Says nothing. */
enum SilentListener implements ExperimentRun.Listener {
  INSTANCE;

  @Override
  public void started(int total, int done) {}

  @Override
  public void finished() {}
}
