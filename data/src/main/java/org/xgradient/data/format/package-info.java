/**
 * File formats as plain arrays: safetensors, npy, npz, idx and PyTorch checkpoints.
 *
 * <p>Files come from anywhere, so no reader trusts one. Sizes that a file claims are checked
 * against its real size before anything is allocated, nothing in a file is ever run, nothing is
 * written or read outside the file itself, and whatever is wrong ends in a {@link
 * org.xgradient.data.format.FormatException} that names the file, the place, what was expected and
 * what was found. A file that cannot be read at all (missing, no permission) gives a {@link
 * org.xgradient.data.DataException}.
 *
 * <p>All numbers become 32-bit floats: halves and bfloat16 exactly, doubles and integers above 2^24
 * rounded to the nearest float.
 */
@NullMarked
package org.xgradient.data.format;

import org.jspecify.annotations.NullMarked;
