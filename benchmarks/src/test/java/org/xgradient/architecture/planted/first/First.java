package org.xgradient.architecture.planted.first;

import org.xgradient.architecture.planted.second.Second;

/** One half of a circle. */
public record First(Second second) {}
