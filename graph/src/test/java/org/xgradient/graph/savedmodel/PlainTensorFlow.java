package org.xgradient.graph.savedmodel;

import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A program that uses TensorFlow and nothing of ours; {@link SavedModelExportTest} starts it. */
final class PlainTensorFlow {

  private PlainTensorFlow() {}

  /** Prints what the signatures of a model give, and a gradient. */
  public static void main(String[] arguments) {
    float[] rows = {0.5f, -1, 2, 1.5f, 0.25f, -0.75f};
    try (SavedModelBundle bundle = SavedModelBundle.load(arguments[0], "serve");
        TFloat32 x = TFloat32.tensorOf(Shape.of(2, 3), DataBuffers.of(rows));
        TInt32 target = TInt32.vectorOf(0, 1)) {
      try (Result result = bundle.function("serving_default").call(Map.of("inputs", x))) {
        print(result.get("logits").get());
        print(result.get("probabilities").get());
      }
      try (Result result =
          bundle.function("attribution").call(Map.of("inputs", x, "target", target))) {
        print(result.get("attribution").get());
        print(result.get("logits").get());
      }
      var signature = bundle.function("serving_default").signature();
      Output<?> in = bundle.graph().output(name(signature.getInputs(), "inputs"));
      Output<?> out = bundle.graph().output(name(signature.getOutputs(), "logits"));
      Output<?>[] gradient = bundle.graph().addGradients(out, new Output<?>[] {in});
      try (Result result = bundle.session().runner().feed(in, x).fetch(gradient[0]).run()) {
        print(result.get(0));
      }
    }
  }

  private static String name(Map<String, Signature.TensorDescription> tensors, String key) {
    return Objects.requireNonNull(tensors.get(key)).name;
  }

  private static void print(Tensor tensor) {
    TFloat32 floats = (TFloat32) tensor;
    float[] values = new float[(int) floats.size()];
    floats.copyTo(DataBuffers.of(values));
    StringJoiner line = new StringJoiner(" ");
    for (float value : values) {
      line.add(Float.toString(value));
    }
    System.out.println(line);
  }
}
