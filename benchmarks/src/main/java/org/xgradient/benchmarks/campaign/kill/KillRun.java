package org.xgradient.benchmarks.campaign.kill;

import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xgradient.benchmarks.campaign.harness.Cli;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.benchmarks.campaign.harness.Workplace;

/** Kills one kind of work again and again, and counts what that did. */
final class KillRun {

  private final KilledWork work;
  private final KillSignal signal;
  private final boolean samePid;
  private final Path folder;
  private final SplittableRandom random;
  private final Map<KillMoment, Integer> moments = new EnumMap<>(KillMoment.class);
  private final Sample reference;
  private final ImmutableSortedSet<String> outputs;
  private final KillTimes times;
  private final List<String> complaints = new ArrayList<>();
  private int killed;
  private int kept;
  private int broken;
  private int finished;
  private int different;
  private int stray;

  private KillRun(
      KilledWork work,
      KillSignal signal,
      boolean samePid,
      Path folder,
      long seed,
      Sample reference,
      ImmutableSortedSet<String> outputs,
      KillTimes times) {
    this.work = work;
    this.signal = signal;
    this.samePid = samePid;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    this.reference = reference;
    this.outputs = outputs;
    this.times = times;
    for (KillMoment moment : KillMoment.values()) {
      moments.put(moment, 0);
    }
  }

  /**
   * Runs the work undisturbed, twice: for the reference, and for the time that it takes.
   *
   * @param samePid whether all that are killed have the same process number
   * @param folder where {@link KillFiles} wrote
   * @throws IllegalStateException if the two don't give the same bits
   */
  static KillRun of(KilledWork work, KillSignal signal, boolean samePid, Path folder, long seed)
      throws IOException, InterruptedException {
    Path place = folder.resolve(work + "-reference");
    Cli.run(work.command(folder, place, false));
    Sample reference = Sample.read(place.resolve(KilledWork.OUT));
    ImmutableSortedSet<String> outputs = names(place);
    Workplace.delete(place);
    Process again = Cli.start(work.command(folder, place, false));
    KillTimes times = KillTimes.measure(again);
    Cli.check(again.exitValue(), work.command(folder, place, false));
    if (!work.isSame(place, reference)) {
      throw new IllegalStateException(work + " must give the same bits in each run, found others");
    }
    Workplace.delete(place);
    return new KillRun(work, signal, samePid, folder, seed, reference, outputs, times);
  }

  /** Kills so many times, and runs what was killed to its end. */
  KillRun kill(int kills) throws IOException, InterruptedException {
    for (int number = 0; killed < kills; number++) {
      Path place = folder.resolve(work + "-" + number);
      if (!killSomeTimes(place, kills)) {
        Cli.run(work.command(folder, place, true));
      }
      finished++;
      different += work.isSame(place, reference) ? 0 : 1;
      stray += isAlone(place) ? 0 : 1;
      Workplace.delete(place);
    }
    return this;
  }

  /** Kills a run, and each time with an even chance the next one too; tells if one has ended. */
  private boolean killSomeTimes(Path place, int kills) throws IOException, InterruptedException {
    boolean again = false;
    do {
      Path errors = folder.resolve("errors");
      List<String> command = work.command(folder, place, again);
      Process process = samePid ? Cli.startFirst(command, errors) : Cli.start(command, errors);
      if (KillTimes.endsBefore(process, times.draw(random))) {
        Cli.check(process.exitValue(), command);
        return true;
      }
      boolean loaded = KillMoment.hasLoadedTensorFlow(process);
      boolean ended = signal.end(process);
      killed++;
      KillMoment moment = KillMoment.of(loaded, work.isDone(place), place);
      moments.merge(moment, 1, Integer::sum);
      if (ended) {
        signal.complaint(process, moment, errors).ifPresent(complaints::add);
      } else {
        complaints.add("not ended");
      }
      kept += work.hasKept(place) ? 1 : 0;
      broken += work.isWhole(place, reference) ? 0 : 1;
      again = true;
    } while (killed < kills && random.nextBoolean());
    return false;
  }

  /** Whether there is all that an undisturbed run writes, and nothing beside it. */
  private boolean isAlone(Path place) throws IOException {
    return names(place).equals(outputs);
  }

  private static ImmutableSortedSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }
  }

  boolean held() {
    return broken == 0 && different == 0 && stray == 0 && complaints.isEmpty();
  }

  @Override
  public String toString() {
    String when =
        moments.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().words())
            .collect(Collectors.joining(", "));
    String goesOn =
        work.goesOn() ? "; %d of them with something to go on with".formatted(kept) : "";
    String how =
        signal == KillSignal.INT
            ? ". Not ended as Ctrl-C should: %d%s"
                .formatted(
                    complaints.size(), complaints.isEmpty() ? "" : ", first " + complaints.get(0))
            : "";
    return ("%s of %.1f s of processor time: %d %s of %d runs, %s%s. Left not whole: %d. Ended otherwise than the"
            + " reference: %d of %d. Files left over: %d%s")
        .formatted(
            work,
            1e-9 * times.all(),
            killed,
            signal.plural(),
            finished,
            when,
            goesOn,
            broken,
            different,
            finished,
            stray,
            how);
  }
}
