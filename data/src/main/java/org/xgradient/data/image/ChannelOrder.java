package org.xgradient.data.image;

/** The order of an image's three channels. */
public enum ChannelOrder {
  /** Red, green, blue. */
  RGB,
  /** Blue, green, red. */
  BGR;

  /** {@return which channel of an RGB image stands at a place in this order} */
  int rgbChannel(int place) {
    return this == RGB ? place : 2 - place;
  }
}
