package org.xgradient.data.format;

import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.format.PickleValue.Bool;
import org.xgradient.data.format.PickleValue.Dictionary;
import org.xgradient.data.format.PickleValue.Foreign;
import org.xgradient.data.format.PickleValue.Function;
import org.xgradient.data.format.PickleValue.None;
import org.xgradient.data.format.PickleValue.Real;
import org.xgradient.data.format.PickleValue.Sequence;
import org.xgradient.data.format.PickleValue.Storage;
import org.xgradient.data.format.PickleValue.StorageType;
import org.xgradient.data.format.PickleValue.Text;
import org.xgradient.data.format.PickleValue.Tuple;
import org.xgradient.data.format.PickleValue.Whole;

/**
 * Runs pickle's opcodes as far as checkpoints need them: numbers, strings, tuples, lists,
 * dictionaries, references to storages, and calls of {@link PickleFunction}s. Objects of other
 * classes stand for no more than the class's name, and calls of other functions are refused by
 * name, but for those that make plain values; other opcodes are refused by number.
 *
 * <p>Takes memory and time in proportion to the pickle's length and never recurses.
 */
final class Unpickler {

  private static final int HIGHEST_PROTOCOL = 5;

  private final Path file;
  private final PickleReader in;
  private final PickleStack stack;
  private final Map<String, Storage> storages = new LinkedHashMap<>();

  private Unpickler(Path file, ByteBuffer bytes) {
    this.file = file;
    this.in = new PickleReader(file, bytes);
    this.stack = new PickleStack(file);
  }

  /**
   * What a pickle holds.
   *
   * @param value the value
   * @param storages all storages that are referred to, as wholes, by their keys
   */
  record Pickle(PickleValue value, ImmutableMap<String, Storage> storages) {}

  /**
   * Reads one pickle.
   *
   * @param bytes a buffer at the pickle's beginning; afterwards it stands behind the pickle
   * @return the value and the storages it needs
   * @throws FormatException if the pickle is damaged or asks for what is not allowed
   */
  static Pickle read(Path file, ByteBuffer bytes) {
    Unpickler unpickler = new Unpickler(file, bytes);
    for (int opcode = unpickler.in.u8(); opcode != '.'; opcode = unpickler.in.u8()) {
      if (!unpickler.literal(opcode)
          && !unpickler.container(opcode)
          && !unpickler.memory(opcode)
          && !unpickler.object(opcode)) {
        throw new FormatException(
            file,
            "pickle at byte " + (unpickler.in.position() - 1),
            "an opcode that checkpoints need",
            "0x" + Integer.toHexString(opcode));
      }
    }
    return new Pickle(unpickler.stack.pop(), ImmutableMap.copyOf(unpickler.storages));
  }

  private boolean literal(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(new None());
      case 0x88 -> stack.push(new Bool(true));
      case 0x89 -> stack.push(new Bool(false));
      case 'J' -> stack.push(Whole.of(in.i32()));
      case 'K' -> stack.push(Whole.of(in.u8()));
      case 'M' -> stack.push(Whole.of(in.u16()));
      case 0x8a -> stack.push(new Whole(in.whole(in.u8())));
      case 'G' -> stack.push(new Real(in.f64()));
      case 'X', 'T' -> stack.push(new Text(in.text(in.i32())));
      case 0x8c, 'U' -> stack.push(new Text(in.text(in.u8())));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> stack.mark();
      case ')' -> stack.tuple(0);
      case 0x85 -> stack.tuple(1);
      case 0x86 -> stack.tuple(2);
      case 0x87 -> stack.tuple(3);
      case 't' -> stack.push(new Tuple(stack.popToMark()));
      case ']' -> stack.push(new Sequence());
      case 'a' -> append(List.of(stack.pop()));
      case 'e' -> append(stack.popToMark());
      case '}' -> stack.push(new Dictionary());
      case 's' -> {
        PickleValue value = stack.pop();
        put(List.of(stack.pop(), value));
      }
      case 'u' -> put(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 'q' -> stack.remember(in.u8());
      case 'r' -> stack.remember(in.i32());
      case 0x94 -> stack.remember();
      case 'h' -> stack.recall(in.u8());
      case 'j' -> stack.recall(in.i32());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case 0x80 -> protocol(in.u8());
      case 0x95 -> in.skip(Long.BYTES);
      case 'c' -> stack.push(PickleFunction.global(in.line() + "." + in.line()));
      case 0x93 -> {
        Text name = stack.pop(Text.class);
        stack.push(PickleFunction.global(stack.pop(Text.class).value() + "." + name.value()));
      }
      case 'R' -> call();
      case 0x81 -> make();
      case 'b' -> build();
      case 'Q' -> stack.push(storage(stack.pop(Tuple.class)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void protocol(int protocol) {
    if (protocol > HIGHEST_PROTOCOL) {
      throw new FormatException(file, "pickle: protocol", "at most " + HIGHEST_PROTOCOL, protocol);
    }
  }

  private void append(List<PickleValue> items) {
    if (!(stack.top(PickleValue.class) instanceof Foreign)) {
      stack.top(Sequence.class).items.addAll(items);
    }
  }

  private void put(List<PickleValue> keysAndValues) {
    if (stack.top(PickleValue.class) instanceof Foreign) {
      return;
    }
    Dictionary dictionary = stack.top(Dictionary.class);
    if (keysAndValues.size() % 2 != 0) {
      throw new FormatException(
          file, "pickle: dictionary", "given keys with values", keysAndValues.size() + " items");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      PickleValue key = keysAndValues.get(i);
      if (!(key instanceof Text || key instanceof Whole || key instanceof Foreign)) {
        throw new FormatException(
            file, "pickle: key of a dictionary", "a string or an integer", key.kind());
      }
      dictionary.items.put(key, keysAndValues.get(i + 1));
    }
  }

  private void call() {
    Tuple arguments = stack.pop(Tuple.class);
    if (stack.top(PickleValue.class) instanceof Foreign foreign) {
      if (!PickleFunction.isPassedOver(foreign)) {
        throw refused(foreign);
      }
      return;
    }
    PickleFunction function = stack.pop(Function.class).function();
    stack.push(function.call(new PickleArguments(file, "pickle: " + function, arguments)));
  }

  private FormatException refused(Foreign function) {
    return new FormatException(
        file,
        "pickle: global",
        "a dictionary, tensor or storage of PyTorch (nothing else is trusted or run)",
        function.name());
  }

  /** An object of a class, which is left as its class. */
  private void make() {
    stack.pop(Tuple.class);
    PickleValue type = stack.top(PickleValue.class);
    if (!(type instanceof Foreign)) {
      throw new FormatException(file, "pickle: object", "of a class by its name", type.kind());
    }
  }

  /** Attributes of a dictionary (its versions) carry no weights. */
  private void build() {
    PickleValue attributes = stack.pop();
    if (stack.top(PickleValue.class) instanceof Foreign) {
      return;
    }
    stack.top(Dictionary.class);
    if (!(attributes instanceof Dictionary)) {
      throw new FormatException(
          file, "pickle: attributes of a dictionary", "a dictionary", attributes.kind());
    }
  }

  /**
   * {@code ('storage', type, key, device, size)}, perhaps with a view {@code (key, offset, size)}.
   */
  private Storage storage(Tuple reference) {
    PickleArguments arguments = new PickleArguments(file, "pickle: storage", reference);
    arguments.checkCount(5, 6);
    arguments.checkThat(
        arguments.get(0, Text.class).value().equals("storage"),
        "named storage",
        arguments.get(0, Text.class).kind());
    ElementType type = arguments.get(1, StorageType.class).type();
    String key = arguments.get(2, Text.class).value();
    long total = arguments.whole(4);
    arguments.checkThat(total >= 0, "of size 0 or more", total);
    Storage whole = new Storage(type, key, total, 0, total);
    Storage before = storages.putIfAbsent(key, whole);
    arguments.checkThat(
        before == null || before.equals(whole), "the same wherever it is used", "two of " + key);
    if (arguments.count() == 5 || arguments.get(5, PickleValue.class) instanceof None) {
      return whole;
    }
    PickleArguments view =
        new PickleArguments(file, "pickle: view of storage " + key, arguments.get(5, Tuple.class));
    view.checkCount(3, 3);
    long offset = view.whole(1);
    long size = view.whole(2);
    view.checkThat(
        offset >= 0 && size >= 0 && size <= total - offset,
        "inside the storage of " + total + " numbers",
        "offset " + offset + ", size " + size);
    return new Storage(type, key, total, offset, size);
  }
}
