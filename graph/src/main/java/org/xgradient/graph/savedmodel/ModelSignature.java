package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Map;
import java.util.OptionalInt;
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
 * @param input the tensor to feed
 * @param output the tensor that it gives
 * @param inputShape the shape of one example
 * @param declaredBatch the batch size that the input is declared with, if any
 * @param outputIsVector whether the output is declared as one number per example, of shape {@code
 *     [batch]}
 */
record ModelSignature(
    String key,
    TensorName input,
    TensorName output,
    ImmutableIntArray inputShape,
    OptionalInt declaredBatch,
    boolean outputIsVector) {

  private static final ImmutableSet<String> NO_FUNCTIONS =
      ImmutableSet.of("__saved_model_init_op", "__saved_model_train_op");

  /**
   * Chooses the signature.
   *
   * @param meta the SavedModel
   * @param options what was asked for
   * @return the signature
   * @throws SavedModelException if there is none, or it isn't one from floats to floats
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
    TensorInfo input = input(key, signature);
    TensorInfo output = output(key, signature, options);
    TensorShapeProto outputShape = output.getTensorShape();
    return new ModelSignature(
        key,
        TensorName.parse(input.getName()),
        TensorName.parse(output.getName()),
        options.inputShape().orElseGet(() -> exampleShape(key, input.getTensorShape())),
        declaredBatch(input.getTensorShape()),
        !outputShape.getUnknownRank() && outputShape.getDimCount() == 1);
  }

  private static String key(Map<String, SignatureDef> signatures, LoadOptions options) {
    if (signatures.isEmpty()) {
      throw new SavedModelException(
          "the model has no signature; export it with one, from one input of floats to logits");
    }
    return options
        .signature()
        .orElseGet(
            () -> {
              if (signatures.size() > 1 && !signatures.containsKey(SignatureSpec.SERVING)) {
                throw new SavedModelException(
                    "the model has the signatures %s; choose one".formatted(signatures.keySet()));
              }
              return signatures.size() == 1
                  ? Iterables.getOnlyElement(signatures.keySet())
                  : SignatureSpec.SERVING;
            });
  }

  private static TensorInfo input(String key, SignatureDef signature) {
    Map<String, TensorInfo> inputs = ImmutableSortedMap.copyOf(signature.getInputsMap());
    if (inputs.size() != 1) {
      throw new SavedModelException(
          "the model must have one input, found %s in signature '%s'; choose another signature"
              .formatted(inputs.keySet(), key));
    }
    return checkedTensor("input", inputs.entrySet().iterator().next());
  }

  private static TensorInfo output(String key, SignatureDef signature, LoadOptions options) {
    Map<String, TensorInfo> outputs = ImmutableSortedMap.copyOf(signature.getOutputsMap());
    String name =
        options
            .output()
            .orElseGet(
                () -> outputs.size() == 1 ? Iterables.getOnlyElement(outputs.keySet()) : "logits");
    TensorInfo output = outputs.get(name);
    if (output == null) {
      throw new SavedModelException(
          "signature '%s' has no output '%s'; it has %s, choose one"
              .formatted(key, name, outputs.keySet()));
    }
    return checkedTensor("output", Map.entry(name, output));
  }

  private static TensorInfo checkedTensor(String what, Map.Entry<String, TensorInfo> tensor) {
    TensorInfo info = tensor.getValue();
    if (info.getName().isEmpty() || info.getDtype() != DataType.DT_FLOAT) {
      throw new SavedModelException(
          "%s '%s' must be of floats (DT_FLOAT), found %s"
              .formatted(
                  what,
                  tensor.getKey(),
                  info.getName().isEmpty() ? "a tensor of several parts" : info.getDtype()));
    }
    return info;
  }

  private static ImmutableIntArray exampleShape(String key, TensorShapeProto shape) {
    ImmutableList<Long> sizes =
        shape.getDimList().stream()
            .map(TensorShapeProto.Dim::getSize)
            .collect(ImmutableList.toImmutableList());
    if (shape.getUnknownRank() || sizes.isEmpty()) {
      throw new SavedModelException(
          "the input of signature '%s' must be of shape [batch, ...], found %s; give the shape of"
                  .formatted(key, shape.getUnknownRank() ? "an unknown one" : sizes)
              + " one example");
    }
    ImmutableIntArray.Builder example = ImmutableIntArray.builder();
    for (long size : sizes.subList(1, sizes.size())) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw new SavedModelException(
            "the input of signature '%s' is of shape %s; give the shape of one example"
                .formatted(key, sizes));
      }
      example.add((int) size);
    }
    return example.build();
  }

  private static OptionalInt declaredBatch(TensorShapeProto shape) {
    long size = shape.getUnknownRank() || shape.getDimCount() == 0 ? -1 : shape.getDim(0).getSize();
    return size > 0 && size <= Integer.MAX_VALUE ? OptionalInt.of((int) size) : OptionalInt.empty();
  }
}
