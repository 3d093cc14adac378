package org.xgradient.cli.evaluate;

import org.xgradient.report.HtmlPage;

/** An input as the model sees it when only some of its parts stay. */
@FunctionalInterface
public interface Example {

  /**
   * Shows it.
   *
   * @param page where
   */
  void addTo(HtmlPage page);
}
