package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Bytes;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.format.Mutations;

class ImagesTest {

  /** The bytes of the first two segments of a JPEG file. */
  private static final int JFIF = 20;

  /** The signature and the first chunk. */
  private static final int PNG_HEADER = 33;

  @TempDir private Path folder;

  private FloatArray read(BufferedImage image, String format) {
    return Images.read(TestImages.write(folder.resolve("image"), TestImages.encode(image, format)));
  }

  private void assertRefused(byte[] bytes, String message) {
    Path file = TestImages.write(folder.resolve("image.png"), bytes);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Images.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(message);
  }

  @Test
  void readsRgbExactlyFromPng() {
    BufferedImage image = TestImages.plain(2, 1, 0x3366ff);
    image.setRGB(1, 0, 0x000102);
    assertThat(read(image, "png"))
        .isEqualTo(
            FloatArray.of(
                new float[] {0x33 / 255f, 0x66 / 255f, 1, 0, 1 / 255f, 2 / 255f}, 1, 2, 3));
  }

  @Test
  void readsBytesAsItReadsAFile() throws IOException {
    byte[] bytes = TestImages.encode(TestImages.plain(20, 10, 0xc08040), "jpg");
    Path file = TestImages.write(folder.resolve("image"), bytes);
    assertThat(Images.read(bytes, Path.of("column"))).isEqualTo(Images.read(file));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Images.read(Arrays.copyOf(bytes, 30), Path.of("column")))
        .withMessageContaining("column: image must be");
  }

  /** What is read of an image has at most 50 million pixels. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "50000000, 1",
    "50000001, 2",
    "200000000, 2",
    "200000001, 3",
    "1000000000, 5"
  })
  void readsEachNthPixelOfLargeImages(long pixels, int each) {
    assertThat(Images.everyNth(pixels)).isEqualTo(each);
  }

  /** A plain colour survives JPEG but for the rounding of its colour transform: 2 of 255. */
  @Test
  void readsJpeg() {
    FloatArray image = read(TestImages.plain(20, 10, 0xc08040), "jpg");
    assertThat(image.shape().asList()).containsExactly(10, 20, 3);
    float[] colour = {0xc0 / 255f, 0x80 / 255f, 0x40 / 255f};
    for (int i = 0; i < image.size(); i++) {
      assertThat(image.values()[i]).isCloseTo(colour[i % 3], within(2 / 255f));
    }
  }

  @Test
  void keepsGrayValuesAsTheyAre() {
    BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    bytes.getRaster().setSample(1, 0, 0, 100);
    float gray = 100 / 255f;
    assertThat(read(bytes, "png").values()).containsExactly(0, 0, 0, gray, gray, gray);
    BufferedImage shorts = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    shorts.getRaster().setSample(0, 0, 0, 32768);
    float half = 32768 / 65535f;
    assertThat(read(shorts, "png").values()).containsExactly(half, half, half);
  }

  @Test
  void dropsTransparencyAndLooksUpPalettes() {
    BufferedImage transparent = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    transparent.setRGB(0, 0, 0x40ff0033);
    assertThat(read(transparent, "png").values()).containsExactly(1, 0, 0.2f);
    BufferedImage palette = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 0, 0xff0000);
    assertThat(read(palette, "png").values()).containsExactly(1, 0, 0);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, 0xffffff);
    assertThat(read(bits, "png").values()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  /** A valid header that claims 30,000 x 30,000 pixels. */
  @Test
  void checksTheSizeBeforeDecoding() {
    byte[] header =
        Bytes.bytes().bigEndian().text("IHDR").i32(30_000, 30_000).u8(8, 2, 0, 0, 0).array();
    CRC32 checksum = new CRC32();
    checksum.update(header);
    byte[] png =
        Bytes.bytes()
            .bigEndian()
            .u8(0x89)
            .text("PNG\r\n")
            .u8(0x1a)
            .text("\n")
            .i32(13)
            .raw(header)
            .i32((int) checksum.getValue())
            .i32(0)
            .text("IDAT")
            .i32(0x35af061e)
            .array();
    assertRefused(png, "at most 4000000 pixels in a file of 45 bytes, found 30000 x 30000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "tiff", "png"})
  void otherFormatsSayTheSame(String format) {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    image.getGraphics().drawImage(TestImages.plain(5, 3, 0x3399cc), 0, 0, null);
    image.setRGB(1, 2, 0xff0000);
    Path file = TestImages.write(folder.resolve("image"), TestImages.encode(image, format));
    FloatArray read = Images.read(file);
    assertThat(read.shape().asList()).containsExactly(3, 5, 3);
    assertThat(read.values()[0]).isEqualTo(0x33 / 255f);
    assertThat(Arrays.copyOfRange(read.values(), (2 * 5 + 1) * 3, (2 * 5 + 2) * 3))
        .containsExactly(1, 0, 0);
  }

  @Test
  void ofAGifThereAreColoursOfItsPalette() {
    FloatArray read = read(TestImages.plain(5, 3, 0x3399cc), "gif");
    assertThat(read.shape().asList()).containsExactly(3, 5, 3);
    assertThat(read.values()[0]).isCloseTo(0x33 / 255f, within(0.1f));
    assertThat(read.values()[2]).isCloseTo(0xcc / 255f, within(0.1f));
  }

  @Test
  void webpIsRead() {
    byte[] pixel = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    Path file = TestImages.write(folder.resolve("image.webp"), pixel);
    assertThat(Images.read(file).shape().asList()).containsExactly(1, 1, 3);
  }

  /** Ink is what light is not: no colour and no black is white, all black is black. */
  @ParameterizedTest
  @CsvSource({"0,0,0,0,1,1,1", "0,0,0,255,0,0,0", "0,255,255,0,1,0,0"})
  void inksBecomeLight(
      int cyan, int magenta, int yellow, int black, float red, float green, float blue)
      throws IOException {
    Path file = folder.resolve("print.jpg");
    TestImages.write(file, TestImages.inks(cyan, magenta, yellow, black));
    float[] values = Images.read(file).values();
    // Inks of a press are not pure.
    assertThat(values[0]).isCloseTo(red, within(0.25f));
    assertThat(values[1]).isCloseTo(green, within(0.25f));
    assertThat(values[2]).isCloseTo(blue, within(0.25f));
  }

  /** Of EXIF: on which side the first row is seen, and on which the first column. */
  @ParameterizedTest
  @CsvSource({
    "1,a b c/d e f",
    "2, c b a/f e d",
    "3, f e d/c b a",
    "4, d e f/a b c",
    "5, a d/b e/c f",
    "6, d a/e b/f c",
    "7, f c/e b/d a",
    "8, c f/b e/a d",
  })
  void photographsAreTurnedAsTheCameraWasHeld(int code, String seen) {
    float[] stored = {'a', 'b', 'c', 'd', 'e', 'f'};
    FloatArray turned = new Orientation(code).apply(FloatArray.of(stored, 2, 3, 1));
    List<String> rows = Splitter.on('/').splitToList(seen);
    assertThat(turned.shape().asList())
        .containsExactly(rows.size(), (rows.get(0).length() + 1) / 2, 1);
    StringBuilder found = new StringBuilder();
    for (float value : turned.values()) {
      found.append((char) value);
    }
    assertThat(found.toString()).isEqualTo(seen.replaceAll("[ /]", ""));
  }

  /** Of a camera that was turned to the left: the first row is seen on the right. */
  private static byte[] exif() {
    return Bytes.bytes()
        .bigEndian()
        .text("MM")
        .u8(0, 42, 0, 0, 0, 8, 0, 1)
        .u8(0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0)
        .u8(0, 0, 0, 0)
        .array();
  }

  private void assertTurned(String name, byte[] content) {
    Path file = TestImages.write(folder.resolve(name), content);
    assertThat(Images.read(file).shape().asList()).containsExactly(16, 8, 3);
    assertThat(Images.read(content, file).shape().asList()).containsExactly(16, 8, 3);
  }

  private static byte[] inserted(byte[] image, int place, byte[] content) {
    return Bytes.bytes()
        .raw(Arrays.copyOf(image, place))
        .raw(content)
        .raw(Arrays.copyOfRange(image, place, image.length))
        .array();
  }

  @Test
  void theOrientationIsReadFromTheFile() {
    byte[] jpeg = TestImages.encode(TestImages.plain(16, 8, 0x4080c0), "jpg");
    byte[] segment = Bytes.bytes().u8(0xff, 0xe1, 0, 34).text("Exif").u8(0, 0).raw(exif()).array();
    assertTurned("portrait.jpg", inserted(jpeg, JFIF, segment));
  }

  private static byte[] pngChunk(byte[] content) {
    byte[] named = Bytes.bytes().text("eXIf").raw(content).array();
    CRC32 checksum = new CRC32();
    checksum.update(named);
    return Bytes.bytes()
        .bigEndian()
        .i32(content.length)
        .raw(named)
        .i32((int) checksum.getValue())
        .array();
  }

  @Test
  void theOrientationOfAPngIsInAChunk() {
    byte[] png = TestImages.encode(TestImages.plain(16, 8, 0x4080c0), "png");
    assertTurned("portrait.png", inserted(png, PNG_HEADER, pngChunk(exif())));
    byte[] nonsense = pngChunk("MMMMM".getBytes(StandardCharsets.UTF_8));
    Path file = TestImages.write(folder.resolve("a.png"), inserted(png, PNG_HEADER, nonsense));
    assertThat(Images.read(file).shape().asList()).containsExactly(8, 16, 3);
  }

  @Test
  void theOrientationOfAWebpIsInAChunk() {
    int width = 16;
    int height = 8;
    // The sizes less one, no alpha; no transform and no cache; five codes of one symbol, 0.
    long bits = 0;
    int[][] fields = {{width - 1, 14}, {height - 1, 14}, {0, 4}, {0, 3}};
    int place = 0;
    for (int[] field : fields) {
      bits |= (long) field[0] << place;
      place += field[1];
    }
    for (int code = 0; code < 5; code++) {
      bits |= 1L << place;
      place += 4;
    }
    byte[] pixels = Bytes.bytes().u8(0x2f).i64(bits).u8(0).array();
    byte[] chunks =
        Bytes.bytes()
            .text("WEBPVP8X")
            .i32(10)
            .u8(8, 0, 0, 0, width - 1, 0, 0, height - 1, 0, 0)
            .text("VP8L")
            .i32(pixels.length)
            .raw(pixels)
            .text("EXIF")
            .i32(exif().length)
            .raw(exif())
            .array();
    byte[] webp = Bytes.bytes().text("RIFF").i32(chunks.length).raw(chunks).array();
    assertTurned("portrait.webp", webp);
  }

  @Test
  void theOrientationOfATiffIsATag() throws Exception {
    var out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    var image = TestImages.plain(16, 8, 0x4080c0);
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      var type = ImageTypeSpecifier.createFromRenderedImage(image);
      var tags =
          TIFFDirectory.createFromMetadata(
              writer.getDefaultImageMetadata(type, writer.getDefaultWriteParam()));
      var tag = BaselineTIFFTagSet.getInstance().getTag(BaselineTIFFTagSet.TAG_ORIENTATION);
      tags.addTIFFField(new TIFFField(tag, 6));
      writer.write(new IIOImage(image, null, tags.getAsMetadata()));
    } finally {
      writer.dispose();
    }
    assertTurned("portrait.tiff", out.toByteArray());
  }

  @Test
  void refusesOtherAndDamagedFiles() {
    assertRefused(
        "a,b\n1,2".getBytes(StandardCharsets.UTF_8),
        "a JPEG, PNG, WebP, TIFF, BMP or GIF image, found none of them");
    assertRefused(
        TestImages.encode(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY), "wbmp"),
        "found wbmp");
    assertRefused(new byte[0], "none of them");
    assertRefused(
        "version https://git-lfs.github.com/spec/v1\noid".getBytes(StandardCharsets.UTF_8),
        "is a pointer of Git LFS and not the file itself; fetch it by git lfs pull");
    byte[] jpeg = TestImages.encode(TestImages.plain(64, 64, 0x808080), "jpg");
    assertRefused(Arrays.copyOf(jpeg, jpeg.length - 20), "image must be whole");
    byte[] png = TestImages.encode(TestImages.plain(64, 64, 0x808080), "png");
    assertRefused(Arrays.copyOf(png, png.length - 30), "image must be whole");
    Path missing = folder.resolve("missing.jpg");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Images.read(missing))
        .withMessageContaining("cannot read " + missing);
  }

  @Test
  void copesWithDamage() {
    BufferedImage image = TestImages.plain(24, 16, 0x4080c0);
    image.setRGB(5, 5, 0xffffff);
    byte[] png = TestImages.encode(image, "png");
    byte[] turned = inserted(png, PNG_HEADER, pngChunk(exif()));
    Mutations.check(turned, folder, Images::read);
    Mutations.check(TestImages.encode(image, "tiff"), folder, Images::read);
    Mutations.check(TestImages.encode(image, "jpg"), folder, Images::read);
  }
}
