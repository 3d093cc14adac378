package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import org.tensorflow.proto.TensorProto;

/** The texts of a constant, in either of the forms that TensorFlow writes. */
public final class TextConstants {

  private TextConstants() {}

  /**
   * Reads texts, which stand one by one, or as the lengths of all and then the bytes of all.
   *
   * @param tensor a tensor of texts
   * @return the texts; of a tensor whose last text stands for all that follow, without those; none
   *     if the tensor is damaged or not of texts
   */
  public static ImmutableList<ByteString> of(TensorProto tensor) {
    if (tensor.getTensorContent().isEmpty()) {
      return ImmutableList.copyOf(tensor.getStringValList());
    }
    long count = 1;
    for (var dimension : tensor.getTensorShape().getDimList()) {
      count *= dimension.getSize();
      // Each text takes at least the byte of its length.
      if (count < 0 || count > tensor.getTensorContent().size()) {
        return ImmutableList.of();
      }
    }
    try {
      CodedInputStream in = tensor.getTensorContent().newCodedInput();
      int[] lengths = new int[(int) count];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = in.readRawVarint32();
      }
      ImmutableList.Builder<ByteString> texts = ImmutableList.builder();
      for (int length : lengths) {
        texts.add(ByteString.copyFrom(in.readRawBytes(length)));
      }
      return in.isAtEnd() ? texts.build() : ImmutableList.of();
    } catch (IOException e) {
      return ImmutableList.of();
    }
  }
}
