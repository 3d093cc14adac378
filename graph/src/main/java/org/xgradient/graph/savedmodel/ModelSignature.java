package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.graph.graphdef.TensorName;

/**
 * The signature of a SavedModel that is taken as its model.
 *
 * @param key its key
 * @param inputs the tensors to feed, in the order of their names
 * @param outputs the tensors that it gives, by the names of the outputs
 * @param output the name of the output that is taken, or of a tensor behind one
 */
record ModelSignature(
    String key,
    ImmutableList<SignatureInput> inputs,
    ImmutableMap<String, TensorInfo> outputs,
    String output) {

  private static final ImmutableSet<String> NO_FUNCTIONS =
      ImmutableSet.of("__saved_model_init_op", "__saved_model_train_op");

  private static final String LOGITS = "logits";

  private static final ImmutableSet<DataType> FLOATS =
      ImmutableSet.of(
          DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);

  static final ImmutableSet<DataType> TYPES =
      ImmutableSet.of(
          DataType.DT_FLOAT,
          DataType.DT_DOUBLE,
          DataType.DT_HALF,
          DataType.DT_BFLOAT16,
          DataType.DT_INT32,
          DataType.DT_INT64,
          DataType.DT_UINT8,
          DataType.DT_INT8,
          DataType.DT_BOOL,
          DataType.DT_STRING);

  /**
   * Chooses the signature.
   *
   * @param meta the SavedModel
   * @param options what was asked for
   * @return the signature
   * @throws SavedModelException if there is none, or it isn't one that can be fed
   */
  static ModelSignature choose(MetaGraphDef meta, LoadOptions options) {
    ImmutableSortedMap<String, SignatureDef> signatures =
        ImmutableSortedMap.copyOf(
            Maps.filterKeys(meta.getSignatureDefMap(), key -> !NO_FUNCTIONS.contains(key)));
    String key = key(signatures, options);
    SignatureDef signature = signatures.get(key);
    if (signature == null) {
      throw new SavedModelException(
          "the model has no signature '%s'; it has %s".formatted(key, signatures.keySet()));
    }
    ImmutableList<SignatureInput> inputs = inputs(key, signature, options);
    ImmutableSortedMap<String, TensorInfo> outputs =
        ImmutableSortedMap.copyOf(signature.getOutputsMap());
    String output = options.output().orElseGet(() -> usualOutput(key, outputs));
    return new ModelSignature(key, inputs, outputs, output);
  }

  /** {@return the names of the inputs} */
  ImmutableList<String> inputNames() {
    return inputs.stream().map(SignatureInput::name).collect(ImmutableList.toImmutableList());
  }

  private static String key(Map<String, SignatureDef> signatures, LoadOptions options) {
    if (signatures.isEmpty()) {
      throw new SavedModelException(
          "the model has no signature; export it with one, from its inputs to logits");
    }
    return options
        .signature()
        .orElseGet(
            () -> {
              if (signatures.size() > 1 && !signatures.containsKey(SignatureSpec.SERVING)) {
                throw new SavedModelException(
                    "the model has the signatures %s; choose one (--signature)"
                        .formatted(signatures.keySet()));
              }
              return signatures.size() == 1
                  ? Iterables.getOnlyElement(signatures.keySet())
                  : SignatureSpec.SERVING;
            });
  }

  private static ImmutableList<SignatureInput> inputs(
      String key, SignatureDef signature, LoadOptions options) {
    Map<String, TensorInfo> infos = ImmutableSortedMap.copyOf(signature.getInputsMap());
    if (infos.isEmpty()) {
      throw new SavedModelException(
          "signature '%s' has no input; choose another signature (--signature)".formatted(key));
    }
    options
        .inputShapes()
        .keySet()
        .forEach(
            name -> {
              if (!infos.containsKey(name)) {
                throw new SavedModelException(
                    "signature '%s' has no input '%s'; it has %s"
                        .formatted(key, name, infos.keySet()));
              }
            });
    if (options.inputShape().isPresent() && infos.size() > 1) {
      throw new SavedModelException(
          "signature '%s' has the inputs %s; give each shape by its name (--input-shape NAME=...)"
              .formatted(key, infos.keySet()));
    }
    ImmutableList.Builder<SignatureInput> inputs = ImmutableList.builder();
    infos.forEach((name, info) -> inputs.add(input(name, info, options)));
    return inputs.build();
  }

  private static SignatureInput input(String name, TensorInfo info, LoadOptions options) {
    CompositeInputs.check(name, info);
    TensorName tensor = tensor("input", name, info);
    if (!TYPES.contains(info.getDtype())) {
      throw new SavedModelException(
          "input '%s' must be of numbers, flags or texts, found %s"
              .formatted(name, info.getDtype()));
    }
    Optional<ImmutableIntArray> given =
        Optional.ofNullable(options.inputShapes().get(name)).or(options::inputShape);
    TensorShapeProto declared = info.getTensorShape();
    boolean number =
        info.hasTensorShape() && !declared.getUnknownRank() && declared.getDimCount() == 0;
    if (number && given.isPresent() && !given.get().isEmpty()) {
      throw new SavedModelException(
          "input '%s' is a single number or text by the signature, and the shape %s was given; leave it out (--input-shape), and give each as a row of its own"
              .formatted(name, given.get()));
    }
    return SignatureInput.of(name, tensor, info.getDtype(), declared, given);
  }

  /** The only output, that of logits, or the only one of floats. */
  private static String usualOutput(String key, Map<String, TensorInfo> outputs) {
    if (outputs.size() == 1) {
      return outputs.keySet().iterator().next();
    }
    if (outputs.containsKey(LOGITS)) {
      return LOGITS;
    }
    List<String> floats = new ArrayList<>();
    outputs.forEach(
        (name, output) -> {
          if (FLOATS.contains(output.getDtype())) {
            floats.add(name);
          }
        });
    if (floats.size() != 1) {
      throw new SavedModelException(
          "signature '%s' has the outputs %s; choose one (--output)"
              .formatted(key, outputs.keySet()));
    }
    return floats.get(0);
  }

  /**
   * {@return the tensor of an input or output}
   *
   * @throws SavedModelException if it is none, or several
   */
  static TensorName tensor(String what, String name, TensorInfo info) {
    if (info.getName().isEmpty()) {
      throw new SavedModelException(
          "%s '%s' must be one tensor, found one of several parts".formatted(what, name));
    }
    return TensorName.parse(info.getName());
  }
}
