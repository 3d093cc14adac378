package org.xgradient.graph.savedmodel.files;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Parser;
import java.io.IOException;

/** Parses serialized protocol buffers that others wrote. */
final class Protobufs {

  private Protobufs() {}

  /**
   * Parses a message after a look at its nesting.
   *
   * @param parser its parser
   * @param type its type
   * @param bytes the message
   * @return the message
   * @throws IOException if it is damaged or nested too deep
   */
  static <T> T parse(Parser<T> parser, Descriptor type, byte[] bytes) throws IOException {
    ProtobufNesting.check(type, bytes);
    return parser.parseFrom(bytes);
  }
}
