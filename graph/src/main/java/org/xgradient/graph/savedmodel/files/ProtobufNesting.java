package org.xgradient.graph.savedmodel.files;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Looks how deep the messages of a serialized protocol buffer are nested, before it is parsed:
 * protobuf's own parser calls itself for each level, without a limit for the groups of fields that
 * it does not know, and a few thousand bytes overflow the stack.
 */
final class ProtobufNesting {

  /** More than any graph needs; protobuf's own limit for the fields that it knows is 100. */
  private static final int MAX_DEPTH = 64;

  private ProtobufNesting() {}

  /** Where the parser was when it went into a message. */
  private record Level(Descriptor type, int limit) {}

  /**
   * Checks a message, without recursion.
   *
   * @param type the type of the message
   * @param bytes the message
   * @throws IOException if it is nested too deep, has a group, which TensorFlow's messages never
   *     have, or is no message at all
   */
  static void check(Descriptor type, byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    Deque<Level> outer = new ArrayDeque<>();
    Descriptor current = type;
    while (true) {
      int tag = in.readTag();
      if (tag == 0) {
        if (outer.isEmpty()) {
          return;
        }
        Level level = outer.pop();
        in.popLimit(level.limit());
        current = level.type();
        continue;
      }
      Descriptor inner = message(current, tag);
      if (inner == null) {
        skip(in, tag);
      } else {
        if (outer.size() >= MAX_DEPTH) {
          throw new InvalidProtocolBufferException(
              "messages are nested more than " + MAX_DEPTH + " deep");
        }
        outer.push(new Level(current, in.pushLimit(in.readRawVarint32())));
        current = inner;
      }
    }
  }

  /** {@return the type of the message that a field is, or null if it is none} */
  private static @Nullable Descriptor message(Descriptor type, int tag) {
    FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
    return field != null
            && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
        ? field.getMessageType()
        : null;
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64();
      case WireFormat.WIRETYPE_FIXED64 -> in.skipRawBytes(Long.BYTES);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.skipRawBytes(in.readRawVarint32());
      case WireFormat.WIRETYPE_FIXED32 -> in.skipRawBytes(Integer.BYTES);
      default -> throw new InvalidProtocolBufferException("it has a group of fields");
    }
  }
}
