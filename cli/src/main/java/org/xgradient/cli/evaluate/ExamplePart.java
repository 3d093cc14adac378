package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import org.xgradient.report.HtmlPage;

/**
 * Some inputs by which a reader sees what the numbers mean.
 *
 * @param heading what they show, as the title of a section
 * @param text how to read them
 * @param inputs the inputs, perhaps none
 */
record ExamplePart(String heading, String text, ImmutableList<Example> inputs) {

  /** {@return inputs of which some parts were masked} */
  static ExamplePart masked(Wording wording, ImmutableList<Example> inputs) {
    return new ExamplePart(
        "What was masked",
        "Some of the %s as the model saw them, with the %s that each method let it see."
            .formatted(wording.inputs(), wording.parts()),
        inputs);
  }

  /** Adds a section, if there are any. */
  void addTo(HtmlPage page) {
    if (!inputs.isEmpty()) {
      page.section(heading).paragraph(text);
      inputs.forEach(input -> input.addTo(page));
    }
  }
}
