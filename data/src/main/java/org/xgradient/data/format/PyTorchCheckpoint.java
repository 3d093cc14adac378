package org.xgradient.data.format;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.format.PickleValue.Bool;
import org.xgradient.data.format.PickleValue.Dictionary;
import org.xgradient.data.format.PickleValue.Foreign;
import org.xgradient.data.format.PickleValue.Real;
import org.xgradient.data.format.PickleValue.Storage;
import org.xgradient.data.format.PickleValue.Tensor;
import org.xgradient.data.format.PickleValue.Text;
import org.xgradient.data.format.PickleValue.Whole;

/**
 * Checkpoints of PyTorch ({@code .pth}, {@code .pt}, {@code .pth.tar}) and of PyTorch Lightning
 * ({@code .ckpt}), in the zip form and in the older stream form, whatever the name says.
 *
 * <p>A checkpoint is a pickle, and a pickle is a program. This reader runs the part of the language
 * that builds dictionaries, lists, tuples, numbers, strings and tensors. Objects of other classes,
 * such as the hyperparameters and callbacks that Lightning leaves beside the weights, are passed
 * over unbuilt; a call of a function that does not make a plain value is refused by name. So a
 * checkpoint can never run code. What it claims is checked against the file's size before anything
 * is allocated; only the tensors that are returned are read.
 */
public final class PyTorchCheckpoint {

  /** Weights are beside the pickle; a network of a thousand layers needs less than a tenth. */
  static final int MAXIMUM_PICKLE_BYTES = 8 << 20;

  private static final Text STATE_DICT = new Text("state_dict");
  private static final ImmutableList<Text> OTHER_PLACES =
      ImmutableList.of(new Text("model_state_dict"), new Text("model"), new Text("net"));
  private static final String WHOLE_MODEL =
      "a dictionary of tensors (of a whole model, save model.state_dict() alone)";
  private static final byte[] ZIP_START = {'P', 'K', 3, 4};

  private PyTorchCheckpoint() {}

  /**
   * Reads the weights: a dictionary of tensors, or the one under {@code state_dict} of a larger
   * dictionary, or, where that has none, under {@code model_state_dict}, {@code model} or {@code
   * net}.
   *
   * @param file a checkpoint
   * @return the tensors in PyTorch's layouts, in order, under their names in the file (see {@link
   *     NamedArrays#withoutModuleParts()}); as metadata the numbers and strings that stand beside
   *     the weights, such as {@code epoch} and {@code arch}
   * @throws FormatException if the file is damaged, is not a checkpoint, has weights under several
   *     of these names, or calls a function for anything but tensors and plain values; the message
   *     names what
   * @throws DataException if it cannot be read
   */
  public static NamedArrays read(Path file) {
    RegularFiles.check(file);
    try {
      return isZip(file) ? readZip(file) : readStream(file);
    } catch (EOFException e) {
      throw new FormatException(file, "file", "a whole checkpoint", e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ZIP_START.length), ZIP_START);
    }
  }

  private static NamedArrays readZip(Path file) throws IOException {
    try (TorchZip zip = new TorchZip(file)) {
      return read(file, zip.pickle(), zip);
    }
  }

  private static NamedArrays readStream(Path file) throws IOException {
    try (TorchStream stream = new TorchStream(file)) {
      return read(file, stream.pickle(), stream);
    }
  }

  private static NamedArrays read(
      Path file, PickleValue pickle, TensorReader.StorageReader storages) throws IOException {
    Dictionary root = dictionary(file, "checkpoint", pickle);
    Map<String, Tensor> tensors = tensors(file, weights(file, root));
    TensorReader reader =
        new TensorReader(file, storages, new AllocationBudget(file, Files.size(file)));
    tensors.values().forEach(reader::announce);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      arrays.put(tensor.getKey(), reader.read("tensor " + tensor.getKey(), tensor.getValue()));
    }
    return NamedArrays.of(arrays).withMetadata(plainValues(root));
  }

  private static Dictionary dictionary(Path file, String place, PickleValue value) {
    if (value instanceof Dictionary dictionary) {
      return dictionary;
    }
    throw new FormatException(
        file, place, value instanceof Foreign ? WHOLE_MODEL : "a dictionary", value.kind());
  }

  /** The dictionary that the weights stand in, which may be the whole. */
  private static Dictionary weights(Path file, Dictionary root) {
    PickleValue stateDict = root.items.get(STATE_DICT);
    if (stateDict != null) {
      return dictionary(file, STATE_DICT.value(), stateDict);
    }
    List<Text> places = OTHER_PLACES.stream().filter(place -> holdsTensors(root, place)).toList();
    if (places.isEmpty() && !holdsTensors(root)) {
      // Nothing else can be meant; what stands there is refused by name.
      places =
          OTHER_PLACES.stream()
              .filter(place -> root.items.get(place) instanceof Foreign)
              .limit(1)
              .toList();
    }
    if (places.size() > 1) {
      throw new FormatException(
          file,
          "checkpoint",
          "with weights under one name (save the dictionary of one of them alone)",
          places.stream().map(Text::value).collect(Collectors.joining(" and ")));
    }
    return places.stream()
        .findFirst()
        .map(place -> dictionary(file, place.value(), requireNonNull(root.items.get(place))))
        .orElse(root);
  }

  /** Beside weights a name may stand for a text or for settings, or within them for a tensor. */
  private static boolean holdsTensors(Dictionary root, Text place) {
    return root.items.get(place) instanceof Dictionary there && holdsTensors(there);
  }

  private static boolean holdsTensors(Dictionary dictionary) {
    return dictionary.items.values().stream().anyMatch(Tensor.class::isInstance);
  }

  private static Map<String, Tensor> tensors(Path file, Dictionary weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.items.forEach(
        (key, value) -> {
          if (!(key instanceof Text name) || !(value instanceof Tensor tensor)) {
            throw new FormatException(
                file,
                "entry " + key.kind(),
                "a tensor with a name (or the weights must stand under state_dict, model_state_dict, model or net)",
                value.kind());
          }
          tensors.put(name.value(), tensor);
        });
    return tensors;
  }

  private static ImmutableMap<String, String> plainValues(Dictionary root) {
    ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
    root.items.forEach(
        (key, value) -> {
          if (key instanceof Text name) {
            plain(value).forEach(text -> values.put(name.value(), text));
          }
        });
    return values.buildOrThrow();
  }

  private static List<String> plain(PickleValue value) {
    if (value instanceof Text text) {
      return List.of(text.value());
    } else if (value instanceof Whole whole) {
      return List.of(whole.kind());
    } else if (value instanceof Real real) {
      return List.of(Double.toString(real.value()));
    } else if (value instanceof Bool bool) {
      return List.of(Boolean.toString(bool.value()));
    }
    return List.of();
  }

  /**
   * Checks that the numbers of a storage are all there.
   *
   * @param bytes how many bytes there are
   * @return how many numbers there are
   */
  static int checkSize(Path file, Storage storage, long bytes) {
    String place = "storage " + storage.key();
    int count = ArrayShapes.size(ArrayShapes.check(file, place, List.of(storage.total())));
    if ((long) count * storage.type().bytes() != bytes) {
      throw new FormatException(
          file,
          place + ": length",
          count + " numbers of " + storage.type().bytes() + " bytes",
          bytes + " bytes");
    }
    return count;
  }
}
