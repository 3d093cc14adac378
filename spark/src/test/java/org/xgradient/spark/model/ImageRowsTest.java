package org.xgradient.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.training.image.ImageNetwork;

/** What an image says of itself may be wrong. */
class ImageRowsTest {

  private static final int SIDE = 12;

  private static final StructType IMAGE =
      new StructType()
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType)
          .add("nChannels", DataTypes.IntegerType)
          .add("data", DataTypes.BinaryType);

  private static float[] read(@Nullable Object... image) throws InvalidCellException {
    var rows = new ImageRows(ImageNetwork.named("x-convnet", 2, SIDE).preprocessing(), "photo", 0);
    float[] features = new float[SIDE * SIDE * 3];
    Row cell = new GenericRowWithSchema(image, IMAGE);
    rows.read(RowFactory.create(cell), features, 0);
    return features;
  }

  @Test
  void channelsAreTurnedAroundAndGrayIsAllThree() throws InvalidCellException {
    byte[] blue = new byte[SIDE * SIDE * 4];
    byte[] gray = new byte[SIDE * SIDE];
    for (int pixel = 0; pixel < gray.length; pixel++) {
      blue[pixel * 4] = (byte) 255;
      gray[pixel] = (byte) 255;
    }
    float[] ofBlue = read(SIDE, SIDE, 4, blue);
    float[] ofWhite = read(SIDE, SIDE, 1, gray);
    assertThat(ofBlue[2]).isEqualTo(ofWhite[2]);
    assertThat(ofBlue[0]).isLessThan(ofWhite[0]);
    assertThat(ofBlue[1]).isLessThan(ofWhite[1]);
  }

  @ParameterizedTest
  @CsvSource({
    ",2,1,2",
    "2,,1,2",
    "1,2,,2",
    "1,2,1,",
    "0,2,1,0",
    "-1,-2,1,2",
    "1,2,2,4",
    "1,2,3,7",
    "1,2,1,3",
    "2147483647,2147483647,4,4"
  })
  void whatDoesNotFitTogetherIsNamed(
      @Nullable Integer height,
      @Nullable Integer width,
      @Nullable Integer channels,
      @Nullable Integer bytes) {
    assertThatThrownBy(() -> read(height, width, channels, bytes == null ? null : new byte[bytes]))
        .isInstanceOf(InvalidCellException.class)
        .hasMessageContaining("column \"photo\" must be the content of an image's file")
        .hasMessageContaining(
            "found one of %s x %s, %s channels and %s bytes"
                .formatted(height, width, channels, bytes == null ? "no" : bytes));
  }

  @Test
  void anImageThatWouldFillTheHeapIsRefused() {
    assertThatThrownBy(() -> read(1, 50_000_001, 1, new byte[50_000_001]))
        .isInstanceOf(InvalidCellException.class)
        .hasMessageContaining("must be an image of at most 50,000,000 pixels, or the content")
        .hasMessageContaining("found one of 1 x 50000001");
  }
}
