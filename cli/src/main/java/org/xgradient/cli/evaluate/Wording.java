package org.xgradient.cli.evaluate;

/**
 * What reports call the inputs.
 *
 * @param inputs several of them: rows, images
 * @param parts what an input is made of: features, pixels
 * @param masking what masked parts become, as a sentence
 */
public record Wording(String inputs, String parts, String masking) {}
