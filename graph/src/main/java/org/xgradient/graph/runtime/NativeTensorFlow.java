package org.xgradient.graph.runtime;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.xgradient.graph.runtime.NativeFolder.UntrustedFolderException;

/**
 * Loads TensorFlow's native library, which comes in a jar of its own: one for each platform, which
 * the user adds. Without it, the first use of TensorFlow would end in an error of the linker.
 */
public final class NativeTensorFlow {

  /** The classifiers of the builds that exist, apart from the one for GPUs. */
  private static final ImmutableList<String> PLATFORMS =
      ImmutableList.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");

  private static final String GPU_PLATFORM = "linux-x86_64";
  static final String GPU_SUFFIX = "-gpu";

  private static boolean folderChosen;

  private NativeTensorFlow() {}

  /**
   * Makes sure that the library is loaded.
   *
   * @throws NativeTensorFlowException if it can't be; the message says what to add
   */
  public static void require() {
    version();
  }

  /**
   * {@return TensorFlow's version, which the library tells}
   *
   * @throws NativeTensorFlowException if it can't be loaded; the message says what to add
   */
  public static String version() {
    MachineMemory.openToNativeCode();
    chooseFolder();
    try {
      return TensorFlow.version();
    } catch (LinkageError e) {
      throw new NativeTensorFlowException(message(platform(), e), e);
    }
  }

  /** Once: what is checked is loaded then, and stays. */
  private static synchronized void chooseFolder() {
    if (!folderChosen) {
      try {
        NativeFolder.choose();
      } catch (UntrustedFolderException e) {
        throw new NativeTensorFlowException(String.valueOf(e.getMessage()), e);
      }
      folderChosen = true;
    }
  }

  /**
   * The options of Java for another process of this user that loads native code from a folder that
   * this one has checked, and which that process may not be able to check.
   *
   * @param folder the folder
   * @return the options
   */
  public static ImmutableList<String> optionsFrom(Path folder) {
    return ImmutableList.of(
        "-D%s=%s".formatted(NativeFolder.PROPERTY, folder),
        "-D%s=%s".formatted(NativeFolder.CHECKED, folder));
  }

  /** {@return the operating system and processor as the classifiers name them} */
  static String platform() {
    return Loader.getPlatform();
  }

  /** {@return whether the jar for the CPU ({@code ""}) or for GPUs is on the class path} */
  static boolean isPresent(String suffix) {
    String library =
        "org/tensorflow/internal/c_api/%s%s/%s"
            .formatted(platform(), suffix, System.mapLibraryName("jnitensorflow"));
    return TensorFlow.class.getClassLoader().getResource(library) != null;
  }

  /** {@return whether the build for GPUs is the one that was loaded} */
  static boolean isGpuBuild() {
    require();
    return Loader.load(tensorflow.class).contains(platform() + GPU_SUFFIX);
  }

  private static String message(String platform, LinkageError failure) {
    if (isPresent("") || isPresent(GPU_SUFFIX)) {
      return "TensorFlow's native library for %s is on the class path but can't be loaded: %s"
          .formatted(platform, rootMessage(failure));
    }
    if (!PLATFORMS.contains(platform)) {
      return "TensorFlow has no native library for %s; there are builds for %s"
          .formatted(platform, String.join(", ", PLATFORMS));
    }
    String gpu =
        platform.equals(GPU_PLATFORM) ? " (" + platform + GPU_SUFFIX + " to use a GPU)" : "";
    return ("TensorFlow's native library is missing: add tensorflow-core-native with classifier"
            + " %s%s, which is the one for this platform, to the dependencies"
            + " (group org.tensorflow, the version of tensorflow-core-api)")
        .formatted(platform, gpu);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
