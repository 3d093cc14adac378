package org.xgradient.experiments;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.List;
import java.util.ServiceLoader;

/** Pools of workers by what people write. */
public final class WorkerPools {

  private WorkerPools() {}

  /**
   * Threads of this process.
   *
   * @param count how many, at least 1
   * @return the pool
   * @throws IllegalArgumentException if there is none
   */
  public static WorkerPool ofThreads(int count) {
    checkArgument(count >= 1, "there must be at least 1 worker, found %s", count);
    return new ThreadPool(count);
  }

  /**
   * Opens what is written.
   *
   * @param text a number of threads, or {@code SCHEME:ADDRESS} of a pool on the class path
   * @return the pool, to be closed
   * @throws IllegalArgumentException if it is neither
   */
  public static WorkerPool of(String text) {
    Integer count = Ints.tryParse(text);
    if (count != null) {
      return ofThreads(count);
    }
    List<WorkerPoolProvider> providers =
        ServiceLoader.load(WorkerPoolProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    for (WorkerPoolProvider provider : providers) {
      if (text.startsWith(provider.scheme() + ":")) {
        return provider.open(text.substring(provider.scheme().length() + 1));
      }
    }
    throw new IllegalArgumentException(
        "workers must be a number%s, found \"%s\"; workers elsewhere, such as spark:MASTER, need"
                .formatted(
                    String.join(
                        "", providers.stream().map(p -> " or " + p.scheme() + ":ADDRESS").toList()),
                    text)
            + " their module on the class path");
  }
}
