package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.runtime.NativeTensorFlowException;
import org.xgradient.graph.savedmodel.files.ModelFormats;

/**
 * Models in TensorFlow's exchange format: directories with {@code saved_model.pb} and {@code
 * variables}.
 */
public final class SavedModels {

  private SavedModels() {}

  /**
   * Exports a model. The directory appears whole or not at all; an earlier export is replaced, any
   * other content is not.
   *
   * <p>It holds what the signatures need and no more: no optimizer, no training operations. Plain
   * TensorFlow loads it in any language, and gradients can be added after loading. A list of
   * checksums lies beside the files, by which {@link #load(Path)} notices damage. The same model
   * gives the same bytes.
   *
   * @param directory the directory to write
   * @param session the session that has the values of the variables
   * @param signatures what the model can be asked for
   * @throws IllegalArgumentException if there are no signatures, two have one key, or one depends
   *     on a placeholder that is not among its inputs
   * @throws IllegalStateException if a variable has no value
   * @throws IOException if the files can't be written, or the directory holds something else
   */
  public static void write(Path directory, GraphSession session, List<SignatureSpec> signatures)
      throws IOException {
    new SavedModelWriter(session, ImmutableList.copyOf(signatures)).write(directory);
  }

  /**
   * Loads a model as its signature {@code serving_default}, or its only one, describes it.
   *
   * @param directory the directory
   * @return the model, to be closed
   * @throws SavedModelException as {@link #load(Path, LoadOptions)} does
   */
  public static LoadedModel load(Path directory) {
    return load(directory, LoadOptions.withDefaults());
  }

  /**
   * Loads a model that this library, plain TensorFlow or Keras exported.
   *
   * <p>The inputs of the signature may be numbers, flags or texts, {@code [batch, ...]} or one
   * number a run; what of them, or of what is computed from them, is explained is said by {@link
   * LoadedModel#parts()}. The output has one row per example: logits, or a final softmax or
   * sigmoid, whose input is then used as the logits. The bodies of functions are inlined. Variables
   * are read once and shared by all forward passes; those of TensorFlow's first version are moved
   * into resources.
   *
   * <p>Training and inference mode are the same: an exported model does not know its dropout.
   *
   * <p>Before TensorFlow sees the files they are checked: by their checksums if they are listed, as
   * this library's exports are, and in structure always. What is left is that TensorFlow may end
   * the process on a graph that is well-formed but has been tampered with, for instance one whose
   * constants don't fit their operations. Load what you don't trust in a process of its own first.
   *
   * @param directory the directory
   * @param options what to take
   * @return the model, to be closed
   * @throws SavedModelException if it is missing or damaged, or something in it stands in the way;
   *     the message names it
   * @throws NativeTensorFlowException if TensorFlow's native library is missing
   */
  public static LoadedModel load(Path directory, LoadOptions options) {
    return SavedModelLoader.load(directory, options);
  }

  /**
   * Whether a file is a model of others in JSON, as TensorFlow.js and XGBoost write it, which is
   * not to be taken for anything else.
   *
   * @param file the file
   * @return whether it is one; false if it can't be read
   */
  public static boolean isForeignJson(Path file) {
    return ModelFormats.isForeignJson(file);
  }
}
