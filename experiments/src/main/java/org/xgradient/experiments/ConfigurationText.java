package org.xgradient.experiments;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the documented configurations that come with the experiments. */
public final class ConfigurationText {

  private ConfigurationText() {}

  /**
   * Reads a file beside a class.
   *
   * @param neighbour the class
   * @param file the name of the file
   * @return its text
   * @throws IllegalArgumentException if there is no such file
   */
  public static String of(Class<?> neighbour, String file) {
    try (InputStream in = neighbour.getResourceAsStream(file)) {
      checkArgument(in != null, "there must be a file %s beside %s, found none", file, neighbour);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the configuration %s can't be read".formatted(file), e);
    }
  }
}
