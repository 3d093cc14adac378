package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.Resampling.Window;

/**
 * What is done to an image before a network sees it: resize (bilinear with antialiasing, as Pillow
 * does it), cut out the centre, put the channels in order, then {@code (scale * value - mean) /
 * deviation} for each channel, values being in [0, 1].
 *
 * @param resize how the size is changed
 * @param side the side after that, in pixels
 * @param crop the side of the square that is cut out of the centre, at most {@code side}
 * @param order the order of the network's channels
 * @param scale what values are multiplied by: 1, or 255 for networks that were trained on bytes
 * @param mean what is subtracted, for each channel in the network's order
 * @param deviation what is divided by, for each channel in the network's order, above 0
 */
public record ImagePreprocessing(
    Resize resize,
    int side,
    int crop,
    ChannelOrder order,
    double scale,
    ImmutableDoubleArray mean,
    ImmutableDoubleArray deviation) {

  private static final int CHANNELS = 3;
  private static final int MAXIMUM_SIDE = 8192;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a side is not in {@code [1, 8192]}, the crop is larger than
   *     the side, or the numbers of a channel are not finite or cannot be divided by
   */
  public ImagePreprocessing {
    checkArgument(
        side >= 1 && side <= MAXIMUM_SIDE,
        "side must be from 1 to %s, found %s",
        MAXIMUM_SIDE,
        side);
    checkArgument(
        crop >= 1 && crop <= side, "crop must be from 1 to the side %s, found %s", side, crop);
    checkArgument(
        Double.isFinite(scale) && scale > 0, "scale must be finite and above 0, found %s", scale);
    checkArgument(
        mean.length() == CHANNELS && mean.stream().allMatch(Double::isFinite),
        "mean must be three finite numbers, found %s",
        mean);
    checkArgument(
        deviation.length() == CHANNELS
            && deviation.stream().allMatch(d -> Double.isFinite(d) && d > 0),
        "deviation must be three finite numbers above 0, found %s",
        deviation);
  }

  /**
   * That of the networks of torchvision and of X-DNNs trained on ImageNet: short side 256, centre
   * 224, RGB, ImageNet's mean and standard deviation.
   *
   * @return the preprocessing
   */
  public static ImagePreprocessing imageNet() {
    return new ImagePreprocessing(
        Resize.SHORT_SIDE,
        256,
        224,
        ChannelOrder.RGB,
        1,
        ImmutableDoubleArray.of(0.485, 0.456, 0.406),
        ImmutableDoubleArray.of(0.229, 0.224, 0.225));
  }

  /**
   * That of SqueezeNet v1.0 (Iandola et al. 2016): 256 x 256, centre 227, BGR, bytes minus mean.
   *
   * @return the preprocessing
   */
  public static ImagePreprocessing squeezeNet() {
    return new ImagePreprocessing(
        Resize.SQUARE,
        256,
        227,
        ChannelOrder.BGR,
        255,
        ImmutableDoubleArray.of(104, 117, 123),
        ImmutableDoubleArray.of(1, 1, 1));
  }

  /**
   * Size only: the short side becomes the given length and the centre is kept; values stay in [0,
   * 1].
   *
   * @param side the side of the square that the network sees
   * @return the preprocessing
   */
  public static ImagePreprocessing sizeOnly(int side) {
    return new ImagePreprocessing(
        Resize.SHORT_SIDE,
        side,
        side,
        ChannelOrder.RGB,
        1,
        ImmutableDoubleArray.of(0, 0, 0),
        ImmutableDoubleArray.of(1, 1, 1));
  }

  /**
   * The same with other values.
   *
   * @param scale what values in [0, 1] are multiplied by
   * @return the preprocessing
   * @throws IllegalArgumentException if it is not finite or not above 0
   */
  public ImagePreprocessing withScale(double scale) {
    return new ImagePreprocessing(resize, side, crop, order, scale, mean, deviation);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json a JSON object
   * @return the preprocessing
   * @throws DataException if it is not one
   */
  public static ImagePreprocessing fromJson(String json) {
    return ImagePreprocessingJson.read(json);
  }

  /** {@return this as a JSON object} */
  public String toJson() {
    return ImagePreprocessingJson.write(this);
  }

  /** {@return the shape of what the network sees} */
  public ImmutableIntArray outputShape() {
    return ImmutableIntArray.of(crop, crop, CHANNELS);
  }

  /**
   * Prepares an image.
   *
   * @param image of shape {@code [height, width, 3]}, RGB in [0, 1], at least one pixel
   * @return the network's input of shape {@code [crop, crop, 3]}
   * @throws IllegalArgumentException if the image is not of such a shape
   */
  public FloatArray apply(FloatArray image) {
    checkImage(image);
    int height = image.shape().get(0);
    int width = image.shape().get(1);
    long shortSide = Math.min(height, width);
    boolean square = resize == Resize.SQUARE;
    // Products of sizes that fit an int; the long side is rounded down, as torchvision does.
    Window rows = centre(square ? side : (long) side * height / shortSide);
    Window columns = centre(square ? side : (long) side * width / shortSide);
    return normalise(Resampling.resize(image, rows, columns));
  }

  /** Half a pixel is rounded to the even number, as Python's round does in torchvision. */
  private Window centre(long length) {
    return new Window(length, (long) Math.rint((length - crop) / 2.0), crop);
  }

  private FloatArray normalise(FloatArray image) {
    float[] values = image.values();
    float[] normalised = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % CHANNELS;
      double value = values[i - channel + order.rgbChannel(channel)];
      normalised[i] = (float) ((scale * value - mean.get(channel)) / deviation.get(channel));
    }
    return FloatArray.of(normalised, image.shape().toArray());
  }

  /**
   * Turns a network's input back into an image to look at.
   *
   * @param input of shape {@code [height, width, 3]}
   * @return the image of the same shape, RGB, clipped to [0, 1]
   * @throws IllegalArgumentException if the input is not of such a shape
   */
  public FloatArray restore(FloatArray input) {
    checkImage(input);
    float[] values = input.values();
    float[] restored = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % CHANNELS;
      double value = (values[i] * deviation.get(channel) + mean.get(channel)) / scale;
      restored[i - channel + order.rgbChannel(channel)] = (float) Math.min(1, Math.max(0, value));
    }
    return FloatArray.of(restored, input.shape().toArray());
  }

  private static void checkImage(FloatArray image) {
    checkArgument(
        image.shape().length() == 3 && image.shape().get(2) == CHANNELS && image.size() > 0,
        "an image must be of shape [height, width, 3] with at least one pixel, found %s",
        image.shape());
  }
}
