package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;

/**
 * What a user gives as a baseline: a word or a file. Iterates over the files that it reads, by
 * which outputs are kept away from them.
 *
 * @param text what was given
 */
record BaselineChoice(String text) implements Iterable<Path> {

  /** Reads an option. */
  static final class Converter implements ITypeConverter<BaselineChoice> {
    Converter() {}

    @Override
    public BaselineChoice convert(String value) {
      return new BaselineChoice(value);
    }
  }

  @Override
  public Iterator<Path> iterator() {
    try {
      Path path = Path.of(text);
      return Files.isRegularFile(path)
          ? ImmutableList.of(path).iterator()
          : ImmutableList.<Path>of().iterator();
    } catch (InvalidPathException e) {
      return ImmutableList.<Path>of().iterator();
    }
  }
}
