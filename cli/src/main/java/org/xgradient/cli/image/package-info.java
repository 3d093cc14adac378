/** Explains what networks see in images: reads networks and images, runs methods, reports. */
@NullMarked
package org.xgradient.cli.image;

import org.jspecify.annotations.NullMarked;
