package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What keeps a process from the rest of the machine, the strongest first. */
enum Isolation {
  /** Bubblewrap, where it is installed. */
  BWRAP {
    @Override
    ImmutableList<String> around(ProbePlace place) {
      ImmutableList.Builder<String> command =
          ImmutableList.<String>builder()
              .add("bwrap", "--unshare-all", "--die-with-parent", "--new-session")
              .add("--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")
              .add("--bind", place.root().toString(), place.root().toString());
      for (Path library : place.nativeFolders()) {
        command.add("--ro-bind", library.toString(), place.linked(library).toString());
      }
      return command.add("--chdir", place.work().toString()).build();
    }
  },
  /** Namespaces of the kernel, where users may have them. */
  UNSHARE {
    @Override
    ImmutableList<String> around(ProbePlace place) {
      return ImmutableList.of(
          "unshare",
          "--user",
          "--map-root-user",
          "--mount",
          "--net",
          "--ipc",
          "--uts",
          "--pid",
          "--fork",
          "--kill-child",
          "sh",
          "-c",
          READ_ONLY,
          "sh",
          place.root().toString(),
          place.nativeFolder().toString());
    }
  },
  /** A process of its own, and no more. */
  NONE {
    @Override
    ImmutableList<String> around(ProbePlace place) {
      return ImmutableList.of();
    }
  };

  private static final long SECONDS_TO_TRY = 10;

  /**
   * Makes every file system read-only but the place, puts the native code into it, gives up all
   * privileges, and runs the rest of the arguments.
   */
  private static final String READ_ONLY =
      """
      place=$1; native=$2; shift 2
      mount --bind "$place" "$place" || exit 97
      for library in "$native"/*/; do
        mount --bind "$library" "$place/native/$(basename "$library")" || exit 97
      done
      while read -r _ mounted _; do
        case "$mounted" in
          "$place"|/proc|/proc/*|/dev|/dev/*) ;;
          *) mount -o remount,bind,ro "$(printf '%b' "$mounted")" 2>/dev/null ;;
        esac
      done < /proc/self/mounts
      mount -t proc proc /proc 2>/dev/null
      cd "$place/work" || exit 97
      if command -v setpriv >/dev/null; then
        exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"
      fi
      exec "$@"
      """;

  /** {@return what a command is put behind} */
  abstract ImmutableList<String> around(ProbePlace place);

  /**
   * The strongest that works on this machine.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static Isolation strongest(ProbePlace place) throws InterruptedException {
    for (Isolation isolation : values()) {
      if (isolation == NONE || isolation.works(place)) {
        return isolation;
      }
    }
    throw new AssertionError("the weakest always works");
  }

  private boolean works(ProbePlace place) throws InterruptedException {
    List<String> nothing =
        ImmutableList.<String>builder().addAll(around(place)).add("true").build();
    Process process;
    try {
      process = place.start(nothing);
    } catch (IOException e) {
      // Not installed.
      return false;
    }
    try {
      return process.waitFor(SECONDS_TO_TRY, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
