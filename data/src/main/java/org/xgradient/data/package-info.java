/** Tables and images as plain arrays: file formats, preprocessing, splits, generators. */
@NullMarked
package org.xgradient.data;

import org.jspecify.annotations.NullMarked;
