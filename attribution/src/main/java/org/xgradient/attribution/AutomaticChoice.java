package org.xgradient.attribution;

/**
 * What an {@link AutomaticAttributor} chose, and what came of it.
 *
 * @param method the method
 * @param attributor runs the method on further rows, without choosing again
 * @param reason why, in a sentence
 * @param gradientsPerRow the number of gradients spent on each row until the choice was made,
 *     passes without a gradient not counted
 * @param relativeGap the completeness gap reached: mean absolute gap over mean absolute change of
 *     the output
 * @param withinTolerance whether that is within the tolerance
 * @param attributions the attributions of the rows by the method
 */
public record AutomaticChoice(
    AttributionMethod method,
    Attributor attributor,
    String reason,
    long gradientsPerRow,
    double relativeGap,
    boolean withinTolerance,
    Attributions attributions) {}
