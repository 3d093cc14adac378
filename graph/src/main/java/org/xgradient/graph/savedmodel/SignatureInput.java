package org.xgradient.graph.savedmodel;

import com.google.common.base.Joiner;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.graphdef.TensorName;

/**
 * An input of a signature.
 *
 * @param name its name
 * @param tensor the tensor to feed
 * @param type the type of its values
 * @param shape the shape of one example; empty if it is not known
 * @param declaredBatch the batch size that it is declared with, if any
 * @param batched whether there is an axis of examples; if not, the model takes one at a time
 * @param declared the shape that the signature says
 */
record SignatureInput(
    String name,
    TensorName tensor,
    DataType type,
    Optional<ImmutableIntArray> shape,
    OptionalInt declaredBatch,
    boolean batched,
    TensorShapeProto declared) {

  /**
   * Reads what a signature says.
   *
   * @param given the shape of one example that the caller gives, if so
   * @throws SavedModelException if that has another number of axes than the signature says
   */
  static SignatureInput of(
      String name,
      TensorName tensor,
      DataType type,
      TensorShapeProto declared,
      Optional<ImmutableIntArray> given) {
    given.ifPresent(shape -> checkFits(name, declared, shape));
    boolean scalar = !declared.getUnknownRank() && declared.getDimCount() == 0;
    long batch =
        declared.getUnknownRank() || declared.getDimCount() == 0
            ? -1
            : declared.getDim(0).getSize();
    return new SignatureInput(
        name,
        tensor,
        type,
        given.or(() -> example(declared)),
        batch > 0 && batch <= Integer.MAX_VALUE ? OptionalInt.of((int) batch) : OptionalInt.empty(),
        !scalar,
        declared);
  }

  private static void checkFits(String name, TensorShapeProto declared, ImmutableIntArray given) {
    if (declared.getUnknownRank() || declared.getDimCount() == 0) {
      return;
    }
    // Sizes may be others: graphs often take more than their signatures say. And an axis of a fixed
    // size may be one of the example.
    List<Long> sizes = sizes(declared);
    List<Long> example = sizes.subList(1, sizes.size());
    boolean whole = sizes.get(0) > 0 && given.length() == sizes.size();
    if (example.size() != given.length() && !whole) {
      throw new SavedModelException(
          "examples of input '%s' have the shape %s by the signature, and %s was given; leave it out (--input-shape), or give as many sizes"
              .formatted(name, example, given));
    }
  }

  private static Optional<ImmutableIntArray> example(TensorShapeProto declared) {
    if (declared.getUnknownRank()) {
      return Optional.empty();
    }
    ImmutableIntArray.Builder example = ImmutableIntArray.builder();
    for (int i = 1; i < declared.getDimCount(); i++) {
      long size = declared.getDim(i).getSize();
      if (size < 1 || size > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      example.add((int) size);
    }
    return Optional.of(example.build());
  }

  /**
   * {@return the shape of one example}
   *
   * @throws SavedModelException if it is not known
   */
  ImmutableIntArray exampleShape() {
    return shape.orElseThrow(
        () ->
            new SavedModelException(
                "input '%s' is of %s; give the shape of one example (%s)"
                    .formatted(
                        name,
                        declared.getUnknownRank() ? "unknown shape" : "shape " + sizes(),
                        advice())));
  }

  /** An option that can be given as it stands, also beside other inputs. */
  private String advice() {
    if (!declared.getUnknownRank()) {
      return "such as --input-shape %s=%s"
          .formatted(
              name,
              sizes().stream()
                  .skip(1)
                  .map(size -> size < 1 || size > Integer.MAX_VALUE ? "10" : size.toString())
                  .collect(Collectors.joining(",")));
    }
    return kind() == Kind.TEXTS
        ? "--input-shape %s=number for one text, %1$s=5 for five".formatted(name)
        : "such as --input-shape %s=28,28,1, or %1$s=number for a single one".formatted(name);
  }

  /**
   * {@return what says that all axes of the signature are those of one example, such as {@code
   * x=3}; empty unless all are of fixed sizes, the first is above 1, and it is taken as that of the
   * rows}
   */
  Optional<String> wholeShape() {
    boolean fixed = batched && sizes().stream().allMatch(size -> size > 0);
    return fixed && declaredBatch.orElse(1) > 1 && exampleShape().length() == sizes().size() - 1
        ? Optional.of(name + "=" + Joiner.on(',').join(sizes()))
        : Optional.empty();
  }

  private List<Long> sizes() {
    return sizes(declared);
  }

  private static List<Long> sizes(TensorShapeProto declared) {
    return declared.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
  }

  /** {@return this input, of which it became known that an example is a single value} */
  SignatureInput ofSingleValues() {
    return new SignatureInput(
        name, tensor, type, Optional.of(ImmutableIntArray.of()), declaredBatch, batched, declared);
  }

  /** {@return what its values are} */
  Kind kind() {
    return switch (type) {
      case DT_FLOAT, DT_DOUBLE, DT_HALF, DT_BFLOAT16 -> Kind.FLOATS;
      case DT_STRING -> Kind.TEXTS;
      case DT_BOOL -> Kind.FLAGS;
      default -> Kind.INTEGERS;
    };
  }
}
