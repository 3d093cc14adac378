package org.xgradient.data.format;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a restricted unpickler can build; there is nothing else. */
sealed interface PickleValue {

  /** {@return what this is, for messages; says nothing of what is inside, which may be endless} */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Python's None. */
  record None() implements PickleValue {}

  /** A truth value. */
  record Bool(boolean value) implements PickleValue {}

  /** An integer. */
  record Whole(BigInteger value) implements PickleValue {

    static Whole of(long value) {
      return new Whole(BigInteger.valueOf(value));
    }

    @Override
    public String kind() {
      return value.bitLength() < Long.SIZE ? value.toString() : "an integer beyond 64 bits";
    }
  }

  /** A floating-point number. */
  record Real(double value) implements PickleValue {}

  /** A string. */
  record Text(String value) implements PickleValue {

    @Override
    public String kind() {
      return '"' + value.substring(0, Math.min(value.length(), 40)) + '"';
    }
  }

  /** A tuple. */
  record Tuple(ImmutableList<PickleValue> items) implements PickleValue {}

  /** A list, which grows while it is read and may contain itself. */
  final class Sequence implements PickleValue {

    final List<PickleValue> items = new ArrayList<>();

    @Override
    public String kind() {
      return "list";
    }
  }

  /** A dictionary, which grows while it is read and may contain itself. */
  final class Dictionary implements PickleValue {

    final Map<PickleValue, PickleValue> items = new LinkedHashMap<>();
  }

  /**
   * A class of the file's, or an object of it, of which the name is all that is kept: neither built
   * nor run. Whatever is put into it is dropped.
   *
   * @param name the class, with its module
   */
  record Foreign(String name) implements PickleValue {

    /** A file may claim any name, and a message is one line. */
    private static final int MAXIMUM_NAME = 80;

    @Override
    public String kind() {
      return "an object of " + name.substring(0, Math.min(name.length(), MAXIMUM_NAME));
    }
  }

  /** One of the few functions that may be called. */
  record Function(PickleFunction function) implements PickleValue {}

  /** A type of storage. */
  record StorageType(ElementType type) implements PickleValue {}

  /**
   * Numbers beside the pickle, or a part of them.
   *
   * @param type how one number is stored
   * @param key the name of the numbers
   * @param total how many numbers are stored under the key
   * @param offset the first of them that counts
   * @param size how many of them count
   */
  record Storage(ElementType type, String key, long total, long offset, long size)
      implements PickleValue {}

  /**
   * A view of a storage as an array.
   *
   * @param storage the numbers
   * @param offset the index of the first element in all numbers of the key
   * @param shape the sizes of the dimensions
   * @param strides the distance from one element to the next in each dimension
   */
  record Tensor(Storage storage, long offset, ImmutableLongArray shape, ImmutableLongArray strides)
      implements PickleValue {}
}
