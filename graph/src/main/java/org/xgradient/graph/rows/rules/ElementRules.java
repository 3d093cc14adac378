package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/** What works element by element, with the entries of smaller operands repeated. */
final class ElementRules {

  static final ImmutableSet<String> TYPES =
      ImmutableSet.of(
          "Add",
          "AddV2",
          "AddN",
          "AccumulateNV2",
          "Sub",
          "Mul",
          "MulNoNan",
          "RealDiv",
          "Div",
          "DivNoNan",
          "TruncateDiv",
          "FloorDiv",
          "FloorMod",
          "Mod",
          "Xdivy",
          "Xlogy",
          "Pow",
          "SquaredDifference",
          "Maximum",
          "Minimum",
          "ClipByValue",
          "Atan2",
          "Square",
          "Sqrt",
          "Rsqrt",
          "Reciprocal",
          "Inv",
          "Neg",
          "Abs",
          "Sign",
          "Relu",
          "LeakyRelu",
          "Relu6",
          "Elu",
          "Selu",
          "Softplus",
          "Softsign",
          "Sigmoid",
          "Tanh",
          "Erf",
          "Erfc",
          "Erfinv",
          "Sin",
          "Cos",
          "Tan",
          "Asin",
          "Acos",
          "Atan",
          "Sinh",
          "Cosh",
          "Asinh",
          "Acosh",
          "Atanh",
          "Exp",
          "Expm1",
          "Log",
          "Log1p",
          "Lgamma",
          "Digamma",
          "Round",
          "Rint",
          "Floor",
          "Ceil",
          "IsNan",
          "IsInf",
          "IsFinite",
          "Greater",
          "GreaterEqual",
          "Less",
          "LessEqual",
          "Equal",
          "NotEqual",
          "ApproximateEqual",
          "LogicalAnd",
          "LogicalOr",
          "LogicalNot",
          "SelectV2",
          "Cast",
          "ReluGrad",
          "Relu6Grad",
          "LeakyReluGrad",
          "EluGrad",
          "SeluGrad",
          "SoftplusGrad",
          "SigmoidGrad",
          "TanhGrad",
          "SqrtGrad",
          "RsqrtGrad",
          "Identity",
          "Snapshot",
          "EnsureShape",
          "CheckNumerics",
          "StopGradient",
          "PreventGradient",
          "PlaceholderWithDefault",
          "ZerosLike",
          "OnesLike");

  /** Those of one operand that give it back. */
  private static final ImmutableSet<String> KEEP_VALUES =
      ImmutableSet.of(
          "Identity",
          "Snapshot",
          "EnsureShape",
          "StopGradient",
          "PreventGradient",
          "PlaceholderWithDefault",
          "Cast");

  private static final ImmutableMap<String, BinaryOperator<Size>> ARITHMETIC =
      ImmutableMap.<String, BinaryOperator<Size>>builder()
          .put("Mul", Size::times)
          .put("Add", (a, b) -> a.plus(b, 1))
          .put("AddV2", (a, b) -> a.plus(b, 1))
          .put("Sub", (a, b) -> a.plus(b, -1))
          .put("Div", Size::over)
          .put("RealDiv", Size::over)
          .put("FloorDiv", Size::over)
          .put("TruncateDiv", Size::over)
          .buildOrThrow();

  private static final ImmutableSet<DataType> INTEGERS =
      ImmutableSet.of(DataType.DT_INT32, DataType.DT_INT64);

  static final ImmutableMap<String, RowRule> ALL = all();

  private ElementRules() {}

  private static ImmutableMap<String, RowRule> all() {
    ImmutableMap.Builder<String, RowRule> rules = ImmutableMap.builder();
    for (String type : TYPES) {
      rules.put(type, ElementRules::elementwise);
    }
    return rules
        .put("BiasAdd", ElementRules::biasAdd)
        .put("BiasAddV1", ElementRules::biasAdd)
        .put("Select", ElementRules::select)
        .put("IdentityN", operation -> new RowVerdict(operation.rows(), Optional.empty()))
        .buildOrThrow();
  }

  private static RowVerdict elementwise(RowOperation operation) {
    return operation.any(Rows.Along.class)
        ? broadcast(operation, operation.outputShape())
        : arithmetic(operation);
  }

  /** Of operands at least one of which has rows, as numpy broadcasts. */
  private static RowVerdict broadcast(RowOperation operation, Shape output) {
    if (operation.rows().stream().anyMatch(r -> r instanceof Rows.Sizes s && s.countRows())) {
      return computesWithSizes();
    }
    if (operation.size() == 1) {
      return RowVerdict.of(operation.rows(0));
    }
    if (output.isUnknown()) {
      return RowVerdict.lost("has operands of unknown shapes");
    }
    int[] all = new int[operation.size()];
    Arrays.setAll(all, i -> i);
    return RowAlignment.fromTheRight(operation, all, output.numDimensions());
  }

  private static RowVerdict computesWithSizes() {
    return RowVerdict.mixes("makes a value of the number of rows in the batch");
  }

  /** Of integers that may count rows. */
  private static RowVerdict arithmetic(RowOperation operation) {
    boolean counts =
        operation.rows().stream().anyMatch(r -> r instanceof Rows.Sizes s && s.countRows());
    if (operation.type().equals("ZerosLike") || operation.type().equals("OnesLike")) {
      return RowVerdict.of(new Rows.Same());
    }
    if (!INTEGERS.contains(operation.operation().output(0).dataType())) {
      return counts ? computesWithSizes() : RowVerdict.of(new Rows.Same());
    }
    if (operation.size() == 1) {
      return KEEP_VALUES.contains(operation.type())
          ? RowVerdict.of(operation.rows(0))
          : unknown(operation, counts);
    }
    BinaryOperator<Size> function = ARITHMETIC.getOrDefault(operation.type(), Size::joined);
    var first = operation.sizes(0);
    var second = operation.sizes(1);
    if (operation.size() != 2 || first.isEmpty() || second.isEmpty()) {
      return unknown(operation, counts);
    }
    int count = Math.max(first.get().size(), second.get().size());
    if (Math.min(first.get().size(), second.get().size()) != 1
        && first.get().size() != second.get().size()) {
      return unknown(operation, counts);
    }
    ImmutableList.Builder<Size> values = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      values.add(
          function.apply(
              first.get().get(first.get().size() == 1 ? 0 : i),
              second.get().get(second.get().size() == 1 ? 0 : i)));
    }
    return RowVerdict.sizes(values.build());
  }

  private static RowVerdict unknown(RowOperation operation, boolean counts) {
    Shape shape = operation.outputShape();
    if (shape.isUnknown() || shape.hasUnknownDimension()) {
      return RowVerdict.lost("computes sizes of an unknown number");
    }
    Size[] values = new Size[Math.toIntExact(shape.size())];
    Arrays.fill(values, counts ? Size.tangled() : Size.other());
    return RowVerdict.sizes(ImmutableList.copyOf(values));
  }

  private static RowVerdict biasAdd(RowOperation operation) {
    if (!(operation.rows(1) instanceof Rows.Same)) {
      return RowVerdict.lost("adds a bias that depends on the inputs");
    }
    boolean channelsFirst =
        operation.type().equals("BiasAdd")
            && operation.attributes().getAttrString("data_format").startsWith("NC");
    boolean ofPlaces =
        operation.rows(0) instanceof Rows.Along along
            && (operation.rank(0) < 0
                || along.axis() == (channelsFirst ? 1 : operation.rank(0) - 1));
    return ofPlaces
        ? RowVerdict.lost("gives each place in the batch a value of its own")
        : RowVerdict.of(operation.rows(0));
  }

  /** The first version of Select takes whole rows if its condition is a vector. */
  private static RowVerdict select(RowOperation operation) {
    if (operation.rank(0) == 1
        && operation.rank(1) > 1
        && operation.rows(0) instanceof Rows.Along condition
        && operation.rows(1) instanceof Rows.Along along) {
      return condition.equals(along) && operation.rows(2).equals(along)
          ? RowVerdict.of(along)
          : RowVerdict.lost("selects whole rows");
    }
    if (operation.rank(0) < 0 || (operation.rank(0) == 1 && operation.rank(1) > 1)) {
      return RowVerdict.lost("selects whole rows");
    }
    return elementwise(operation);
  }
}
