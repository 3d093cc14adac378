package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.gradient.GradientRegistry;
import org.xgradient.graph.gradient.GraphChanges;
import org.xgradient.graph.runtime.GraphScope;
import org.xgradient.graph.runtime.NativeTensorFlowException;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.walk.TensorNumbers;

/**
 * A graph and the session that runs it; the one owner of both, its own or those of a loaded
 * SavedModel.
 *
 * <p>Models, forward passes and operands borrow the graph and are of no use once this is closed.
 * Values enter and leave as arrays; no tensor outlives a run. Runs may be started from several
 * threads at a time. Operations must be added by one thread, and are best added before the first
 * run: TensorFlow prepares the graph anew after each change, and a maximum of two computed numbers
 * is refused then unless {@link SessionOptions#withFusing} was asked to leave fusing out.
 */
public final class GraphSession implements AutoCloseable {

  private final Graph graph;
  private final NativeSession session;
  private final Ops ops;
  private final SessionGate gate = new SessionGate();
  private final Lock unchanged;
  private final Map<List<Object>, Object> made = new HashMap<>();

  private GraphSession(Graph graph, SessionOptions options) {
    GradientRegistry.ensureRegistered();
    this.graph = graph;
    this.session = new NativeSession(graph, options);
    this.unchanged = GraphChanges.lock(graph).readLock();
    this.ops = GraphScope.ops(graph);
  }

  /**
   * {@return an empty graph and its session, with default options}
   *
   * @throws NativeTensorFlowException if TensorFlow's native library is missing
   */
  public static GraphSession open() {
    return open(SessionOptions.withDefaults());
  }

  /**
   * Opens an empty graph and its session.
   *
   * @param options how and where the session computes
   * @return the graph and the session
   * @throws NativeTensorFlowException if TensorFlow's native library is missing
   * @throws IllegalArgumentException if TensorFlow doesn't see the GPU that was asked for
   */
  public static GraphSession open(SessionOptions options) {
    // The native session opens later; what it can't do is said now.
    options.toProto();
    return new GraphSession(new Graph(), options);
  }

  /**
   * Makes the end of the process safe while other threads compute: no run of any session begins any
   * more, whoever asks for one waits for ever, and those that go on are waited for. For a shutdown
   * hook, after what it still wants to compute.
   *
   * @param most how long to wait
   * @return whether all runs ended
   */
  public static boolean closeAllForExit(Duration most) {
    return RunGate.close(most);
  }

  /** {@return the operations of the graph, borrowed} */
  public Ops ops() {
    return ops;
  }

  /** {@return whether these operations are those of this session's graph} */
  public boolean owns(Ops ops) {
    return ops.scope().env() == graph;
  }

  /**
   * Makes something that adds operations, once for each key, so that what is asked for again adds
   * none. It lives as long as this session.
   *
   * @param <T> what is made
   * @param type what is made
   * @param key what tells it from others of its type, by {@code equals}
   * @param make makes it
   * @return what was made now or before
   */
  public <T> T once(Class<T> type, Object key, Supplier<T> make) {
    // Not computeIfAbsent: what is made may itself ask for something.
    synchronized (made) {
      List<Object> typedKey = List.of(type, key);
      Object found = made.get(typedKey);
      if (found == null) {
        found = make.get();
        made.put(typedKey, found);
      }
      return type.cast(found);
    }
  }

  /**
   * Computes one operand.
   *
   * @param feeds the values of the placeholders
   * @param fetch what to compute
   * @return the value
   */
  public FloatArray run(Feeds feeds, Operand<TFloat32> fetch) {
    return run(feeds, List.of(fetch), List.of()).get(0);
  }

  /**
   * Computes operands and runs operations, all in one run.
   *
   * @param feeds the values of the placeholders
   * @param fetches what to compute
   * @param targets what to run besides
   * @return the values, in the order of {@code fetches}
   * @throws org.tensorflow.exceptions.TensorFlowException if an operation fails
   * @throws IllegalStateException if this is closed, or about to be
   */
  public ImmutableList<FloatArray> run(
      Feeds feeds, List<? extends Operand<TFloat32>> fetches, List<? extends Op> targets) {
    List<Tensor> fed = new ArrayList<>(feeds.entries().size());
    gate.enter();
    try {
      Session.Runner runner = session.runner(asked(fetches, targets));
      for (Feeds.Feed feed : feeds.entries()) {
        Tensor tensor = feed.tensor().get();
        fed.add(tensor);
        runner.feed(feed.placeholder(), tensor);
      }
      fetches.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      try (Result result = run(runner)) {
        return copy(result);
      }
    } finally {
      gate.leave();
      fed.forEach(Tensor::close);
    }
  }

  /**
   * Computes an operand of any type that needs no feeds.
   *
   * @param fetch what to compute
   * @return the numbers in row-major order; nothing if they are not floats, doubles or integers of
   *     32 or 64 bits
   */
  public Optional<double[]> numbers(Operand<?> fetch) {
    gate.enter();
    try (Result result = run(session.runner(List.of(fetch)).fetch(fetch))) {
      return TensorNumbers.of(result.get(0));
    } finally {
      gate.leave();
    }
  }

  /**
   * Runs an operation on values of another session, of any types, which never become arrays.
   *
   * @param source the session that has the values
   * @param values what to compute there, by the placeholder of this graph that takes it
   * @param target what to run here
   */
  public void runOn(
      GraphSession source,
      ImmutableMap<? extends Operand<?>, ? extends Operand<?>> values,
      Op target) {
    source.gate.enter();
    try {
      Session.Runner theirs = source.session.runner(values.values());
      values.values().forEach(theirs::fetch);
      try (Result result = source.run(theirs)) {
        runOn(result, values.keySet().asList(), target);
      }
    } finally {
      source.gate.leave();
    }
  }

  private void runOn(Result values, List<? extends Operand<?>> placeholders, Op target) {
    gate.enter();
    try {
      Session.Runner ours = session.runner(List.of(target)).addTarget(target);
      for (int i = 0; i < placeholders.size(); i++) {
        ours.feed(placeholders.get(i), values.get(i));
      }
      run(ours).close();
    } finally {
      gate.leave();
    }
  }

  private static List<Object> asked(List<?> fetches, List<?> targets) {
    List<Object> asked = new ArrayList<>(fetches);
    asked.addAll(targets);
    return asked;
  }

  /** The one place where a session runs. */
  private Result run(Session.Runner runner) {
    Lock run = RunGate.run();
    run.lock();
    try {
      unchanged.lock();
      try {
        return runner.run();
      } finally {
        unchanged.unlock();
      }
    } finally {
      run.unlock();
    }
  }

  private static ImmutableList<FloatArray> copy(Result result) {
    ImmutableList.Builder<FloatArray> values = ImmutableList.builderWithExpectedSize(result.size());
    for (int i = 0; i < result.size(); i++) {
      TFloat32 tensor = (TFloat32) result.get(i);
      float[] copy = new float[Math.toIntExact(tensor.size())];
      tensor.copyTo(DataBuffers.of(copy));
      long[] dimensions = tensor.shape().asArray();
      int[] shape = new int[dimensions.length];
      for (int d = 0; d < shape.length; d++) {
        shape[d] = Math.toIntExact(dimensions[d]);
      }
      values.add(FloatArray.of(copy, shape));
    }
    return values.build();
  }

  /**
   * Closes the session, then the graph. Runs that go on are waited for, also by a thread that is
   * interrupted, which it stays; runs that would begin fail with an {@link IllegalStateException}.
   */
  @Override
  public void close() {
    gate.close(session::close);
  }
}
