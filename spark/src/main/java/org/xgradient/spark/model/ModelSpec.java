package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.xgradient.data.Checksums;

/**
 * What is loaded and prepared on an executor, once for all tasks that want the same.
 *
 * @param archive the checksum of the model's files
 * @param form what the model is of
 * @param signature the signature of a plain SavedModel; empty for its usual one
 * @param output the output of the signature; empty for its usual one
 * @param method how rows are explained
 * @param outputs which outputs are explained: indices of classes; none for the usual one
 * @param labelled whether each row says which of its outputs is explained
 * @param batch the rows of a batch
 * @param memoryBytes the bytes that the values of one run may take
 */
public record ModelSpec(
    String archive,
    ModelForm form,
    String signature,
    String output,
    MethodSpec method,
    ImmutableList<Integer> outputs,
    boolean labelled,
    int batch,
    long memoryBytes)
    implements Serializable {

  /** The index that stands for the predicted class of each row. */
  public static final int PREDICTED = -1;

  private static final long serialVersionUID = 1;

  /** {@return what tells this from others} */
  String key() {
    // Of all values, of which the references may be many.
    return Checksums.sha256(toString().getBytes(StandardCharsets.UTF_8));
  }
}
