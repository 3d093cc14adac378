package org.xgradient.architecture.planted.second;

import org.xgradient.architecture.planted.first.First;

/** The other half of a circle. */
public record Second(First first) {}
