package org.xgradient.graph.architectures;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.data.Dataset;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.AdaptiveAveragePool2d;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv1d;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.PoolOverTime;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Window;

/** Networks of the paper and of common use; each has an X- variant by {@code withoutBiases()}. */
public final class Networks {

  private Networks() {}

  /**
   * A multi-layer perceptron for a data set: as many inputs as it has features, and as many outputs
   * as its task asks for, with ReLU after every layer but the last.
   *
   * @param data the data, of inputs of rank 1
   * @param hidden the widths of the hidden layers
   * @return the network, with biases
   * @throws IllegalArgumentException if the inputs are not of rank 1
   */
  public static Network mlp(Dataset data, int... hidden) {
    checkArgument(
        data.inputShape().length() == 1,
        "the data must have rows of features for a perceptron, found inputs of shape %s",
        data.inputShape());
    return mlp(data.inputShape().get(0), data.outputs(), hidden);
  }

  /**
   * A multi-layer perceptron with ReLU after every layer but the last.
   *
   * @param inputs the number of features
   * @param outputs the number of logits
   * @param hidden the widths of the hidden layers; 512, 128 and 32 in the paper (FAA, App. B.3)
   * @return the network, with biases
   */
  public static Network mlp(int inputs, int outputs, int... hidden) {
    return mlp(inputs, outputs, Activation.RELU, hidden);
  }

  /**
   * A multi-layer perceptron.
   *
   * @param inputs the number of features
   * @param outputs the number of logits
   * @param activation what follows every layer but the last
   * @param hidden the widths of the hidden layers
   * @return the network, with biases
   */
  public static Network mlp(int inputs, int outputs, Layer activation, int... hidden) {
    checkArgument(inputs >= 1, "inputs must be at least 1, found %s", inputs);
    Sequential.Builder layers = Sequential.builder();
    for (int i = 0; i < hidden.length; i++) {
      layers.add("fc" + (i + 1), Dense.of(hidden[i]));
      layers.add("act" + (i + 1), activation);
    }
    layers.add("fc" + (hidden.length + 1), Dense.of(outputs));
    return new Network("mlp", ImmutableIntArray.of(inputs), layers.build());
  }

  /**
   * A small convolutional network: three times a convolution 3x3 with a padding of 1, ReLU and max
   * pooling 2x2, with 8, 16 and 16 filters, then 64 units with ReLU and the logits. Weights are
   * normal by He et al., biases 0.
   *
   * @param side the height and the width of the images, at least 8
   * @param channels the number of channels
   * @param classes the number of logits
   * @return the network, with biases
   */
  public static Network smallConvNet(int side, int channels, int classes) {
    checkArgument(side >= 8, "the side must be at least 8, found %s", side);
    Sequential.Builder layers = Sequential.builder();
    int[] filters = {8, 16, 16};
    for (int i = 0; i < filters.length; i++) {
      layers.add("conv" + (i + 1), he(Conv2d.of(filters[i], Window.of(3).withPadding(1))));
      layers.add("relu" + (i + 1), Activation.RELU);
      layers.add("pool" + (i + 1), Pool2d.max(Window.of(2).withStride(2)));
    }
    layers
        .add("flatten", new Flatten())
        .add("fc1", he(Dense.of(64)))
        .add("relu4", Activation.RELU)
        .add("fc2", he(Dense.of(classes)));
    return new Network("convnet", ImmutableIntArray.of(side, side, channels), layers.build());
  }

  /**
   * A convolutional network of one layer for texts (Kim 2014): kernels of several widths over the
   * embeddings of the words, the maximum of each filter over the text, ReLU, dropout and the
   * logits. ReLU after the maximum is the same as before it.
   *
   * @param steps the number of words to which texts are filled up, at least 1
   * @param dimension the length of an embedding, at least 1
   * @param classes the number of logits
   * @param filters the number of filters of each width
   * @param widths the widths of the kernels in words, at least one
   * @return the network of embeddings, of shape {@code [steps, dimension]}, with biases
   */
  public static Network textConvNet(
      int steps, int dimension, int classes, int filters, ImmutableIntArray widths) {
    checkArgument(!widths.isEmpty(), "there must be at least one width of kernels, found none");
    List<Sequential> branches = new ArrayList<>();
    for (int width : widths.asList()) {
      branches.add(
          Sequential.builder()
              .add("conv" + width, Conv1d.of(filters, width))
              .add("max" + width, PoolOverTime.max())
              .build());
    }
    Sequential layers =
        Sequential.builder()
            .add("embedded", new Dropout(0.3f))
            .add("ngrams", new Concatenation(ImmutableList.copyOf(branches)))
            .add("relu", Activation.RELU)
            .add("dropout", new Dropout(0.5f))
            .add("fc", Dense.of(classes))
            .build();
    return new Network("textconvnet", ImmutableIntArray.of(steps, dimension), layers);
  }

  /**
   * A network for texts that knows no order: the mean of the embeddings of the words, then a
   * perceptron with ReLU and dropout.
   *
   * @param steps the number of words to which texts are filled up, at least 1
   * @param dimension the length of an embedding, at least 1
   * @param classes the number of logits
   * @param hidden the widths of the hidden layers
   * @return the network of embeddings, of shape {@code [steps, dimension]}, with biases
   */
  public static Network textMean(int steps, int dimension, int classes, int... hidden) {
    Sequential.Builder layers = Sequential.builder().add("mean", PoolOverTime.mean());
    for (int i = 0; i < hidden.length; i++) {
      layers
          .add("fc" + (i + 1), Dense.of(hidden[i]))
          .add("relu" + (i + 1), Activation.RELU)
          .add("dropout" + (i + 1), new Dropout(0.5f));
    }
    layers.add("fc" + (hidden.length + 1), Dense.of(classes));
    return new Network("textmean", ImmutableIntArray.of(steps, dimension), layers.build());
  }

  /**
   * AlexNet, in the form of torchvision with its parameter names, for images {@code [224, 224, 3]}
   * (Krizhevsky 2014).
   *
   * @param classes the number of logits
   * @return the network, with biases
   */
  public static Network alexNet(int classes) {
    Layer relu = Activation.RELU;
    Layer pool = Pool2d.max(Window.of(3).withStride(2));
    Sequential features =
        Sequential.of(
            Conv2d.of(64, Window.of(11).withStride(4).withPadding(2)),
            relu,
            pool,
            Conv2d.of(192, Window.of(5).withPadding(2)),
            relu,
            pool,
            Conv2d.of(384, Window.of(3).withPadding(1)),
            relu,
            Conv2d.of(256, Window.of(3).withPadding(1)),
            relu,
            Conv2d.of(256, Window.of(3).withPadding(1)),
            relu,
            pool);
    Sequential classifier =
        Sequential.of(
            new Dropout(0.5f),
            Dense.of(4096),
            relu,
            new Dropout(0.5f),
            Dense.of(4096),
            relu,
            Dense.of(classes));
    return classifierOfImages("alexnet", features, 6, classifier);
  }

  /**
   * VGG16, configuration D of Simonyan and Zisserman (2015), in the form of torchvision with its
   * parameter names, for images {@code [224, 224, 3]}. Weights are normal by He et al., biases 0.
   *
   * @param classes the number of logits
   * @return the network, with biases
   */
  public static Network vgg16(int classes) {
    int[][] stages = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
    Layer relu = Activation.RELU;
    List<Layer> features = new ArrayList<>();
    for (int[] stage : stages) {
      for (int filters : stage) {
        features.add(he(Conv2d.of(filters, Window.of(3).withPadding(1))));
        features.add(relu);
      }
      features.add(Pool2d.max(Window.of(2).withStride(2)));
    }
    Sequential classifier =
        Sequential.of(
            he(Dense.of(4096)),
            relu,
            new Dropout(0.5f),
            he(Dense.of(4096)),
            relu,
            new Dropout(0.5f),
            he(Dense.of(classes)));
    return classifierOfImages(
        "vgg16", Sequential.of(features.toArray(Layer[]::new)), 7, classifier);
  }

  private static Network classifierOfImages(
      String name, Sequential features, int pooled, Sequential classifier) {
    Sequential layers =
        Sequential.builder()
            .add("features", features)
            .add("avgpool", new AdaptiveAveragePool2d(pooled, pooled))
            .add("flatten", new Flatten())
            .add("classifier", classifier)
            .build();
    return new Network(name, ImmutableIntArray.of(224, 224, 3), layers);
  }

  /**
   * A residual network without normalization, with the parameter names of the Fixup authors' code,
   * for images {@code [224, 224, 3]} (Zhang et al. 2019). At its initial values all logits are 0.
   *
   * @param depth the number of layers: 18, 34, 50, 101 or 152
   * @param classes the number of logits
   * @return the network, with biases, scalar shifts and scalar scales
   * @throws IllegalArgumentException if there is no such depth
   */
  public static Network fixupResNet(int depth, int classes) {
    return FixupResNet.create(depth, classes, true);
  }

  /**
   * The X- variant of {@link #fixupResNet} as the paper builds it (FAA, Sec. 4.2): without the
   * scales, too, which the toggle alone keeps.
   *
   * @param depth the number of layers: 18, 34, 50, 101 or 152
   * @param classes the number of logits
   * @return the network, without biases, scalar shifts and scalar scales
   * @throws IllegalArgumentException if there is no such depth
   */
  public static Network xFixupResNet(int depth, int classes) {
    return FixupResNet.create(depth, classes, false).withoutBiases();
  }

  /**
   * SqueezeNet v1.0 for the 1,000 classes of ImageNet, with the parameter names of its authors'
   * compressed weights, for images {@code [227, 227, 3]} whose channels are blue, green and red
   * (Iandola et al. 2016). Its logits come after a ReLU and so are never negative.
   *
   * @return the network, with biases
   */
  public static Network squeezeNet() {
    return SqueezeNet.create();
  }

  private static Conv2d he(Conv2d layer) {
    return layer.withInitializers(Initializer.heNormal(), Initializer.constant(0));
  }

  private static Dense he(Dense layer) {
    return layer.withInitializers(Initializer.heNormal(), Initializer.constant(0));
  }
}
