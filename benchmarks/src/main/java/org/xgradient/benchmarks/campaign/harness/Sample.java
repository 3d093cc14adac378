package org.xgradient.benchmarks.campaign.harness;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of one input, in memory.
 *
 * @param files the bytes by the path inside the directory, with {@code /} between names
 */
public record Sample(ImmutableSortedMap<String, byte[]> files) {

  public static Sample of(String name, byte[] bytes) {
    return new Sample(ImmutableSortedMap.of(name, bytes));
  }

  public static Sample of(Map<String, byte[]> files) {
    return new Sample(ImmutableSortedMap.copyOf(files));
  }

  /** All files of a directory. */
  public static Sample read(Path directory) throws IOException {
    ImmutableSortedMap.Builder<String, byte[]> files = ImmutableSortedMap.naturalOrder();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(
            directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return new Sample(files.build());
  }

  public Sample with(String name, byte[] bytes) {
    Map<String, byte[]> changed = new HashMap<>(files);
    changed.put(name, bytes);
    return of(changed);
  }

  public byte[] bytes(String name) {
    return requireNonNull(files.get(name));
  }

  public List<String> names() {
    return files.keySet().asList();
  }

  public long size() {
    return files.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  public void write(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
  }
}
