/** Explains what networks see in images: runs methods over them, reports. */
@NullMarked
package org.xgradient.cli.image;

import org.jspecify.annotations.NullMarked;
