package org.xgradient.graph.graphdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class TensorListsTest {

  private final List<NodeDef> emitted = new ArrayList<>();

  /** A tensor whose name is a number has that value. */
  private final TensorLists lists =
      new TensorLists(
          node -> {
            emitted.add(node);
            return TensorName.of(node.getName());
          },
          tensor -> OptionalLong.of(Long.parseLong(tensor.operation())),
          () -> "");

  private TensorName resolve(String type, TensorName... inputs) {
    NodeDef node =
        NodeDef.newBuilder()
            .setName("it")
            .setOp(type)
            .putAttr("element_dtype", Attributes.of(DataType.DT_FLOAT))
            .build();
    return lists.resolve(node, ImmutableList.copyOf(inputs));
  }

  private static TensorName number(int value) {
    return TensorName.of(String.valueOf(value));
  }

  private TensorName set(TensorName list, int index, String element) {
    return resolve("TensorListSetItem", list, number(index), TensorName.of(element));
  }

  @Test
  void aListIsWhatWasWrittenLast() {
    TensorName before = resolve("TensorListReserve", number(0), number(2));
    TensorName half = set(before, 1, "b");
    TensorName whole = set(set(half, 0, "a"), 1, "c");
    assertThat(resolve("TensorListGetItem", half, number(1), number(0)).operation()).isEqualTo("b");
    assertThat(resolve("TensorListGetItem", whole, number(1), number(0)).operation())
        .isEqualTo("c");
    resolve("TensorListStack", whole, number(0));
    assertThat(emitted.get(0).getInputList()).containsExactly("a", "c");
    assertThatThrownBy(() -> resolve("TensorListStack", half, number(0)))
        .hasMessageContaining("it stacks what was not written");
    assertThatThrownBy(() -> resolve("TensorListGetItem", half, number(0), number(0)))
        .hasMessageContaining("it reads what was not written");
    assertThatThrownBy(() -> set(before, 2, "c")).hasMessageContaining("it writes beyond its list");
    assertThatThrownBy(() -> resolve("TensorListGetItem", half))
        .hasMessageContaining("it lacks inputs");
  }

  /** As copies, 50,000 lists of 100,000 elements would take 20 GB. */
  @Test
  void aListIsNotCopiedForEachElement() {
    TensorName list = resolve("TensorListReserve", number(0), number(100_000));
    for (int i = 0; i < 50_000; i++) {
      list = set(list, i, "e" + i);
    }
    assertThat(resolve("TensorListGetItem", list, number(12), number(0)).operation())
        .isEqualTo("e12");
  }
}
