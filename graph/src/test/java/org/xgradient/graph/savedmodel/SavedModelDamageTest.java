package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.network.NetworkModel;

/** Damaged files get an error that says so, and the process goes on. */
class SavedModelDamageTest {

  private static final String GRAPH = "saved_model.pb";
  private static final String INDEX = "variables/variables.index";
  private static final String DATA = "variables/variables.data-00000-of-00001";

  @TempDir Path directory;

  @BeforeEach
  void export() throws Exception {
    try (GraphSession session = GraphSession.open()) {
      Model model = Networks.mlp(3, 2, 4).build(session, 1);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      SavedModels.write(directory, session, List.of(SignatureSpec.serving(model.forward(x))));
    }
  }

  private void forgetChecksums() throws Exception {
    Files.delete(directory.resolve(ChecksumManifest.FILE));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> SavedModels.load(directory))
        .isInstanceOf(SavedModelException.class)
        .hasMessageStartingWith(directory + " can't be used: ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void withoutItsChecksumsItLoads() throws Exception {
    forgetChecksums();
    try (LoadedModel loaded = SavedModels.load(directory)) {
      assertThat(loaded.model().outputs()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, INDEX, DATA})
  void aChangedFileIsNamed(String file) throws Exception {
    flip(file, (int) Files.size(directory.resolve(file)) / 2);
    assertRefused(Path.of(file).getFileName().toString(), "is damaged: its checksum must be ");
  }

  private void flip(String file, int position) throws Exception {
    byte[] bytes = Files.readAllBytes(directory.resolve(file));
    bytes[position] ^= 0x10;
    Files.write(directory.resolve(file), bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, INDEX, DATA})
  void aMissingFileIsNamed(String file) throws Exception {
    forgetChecksums();
    Files.delete(directory.resolve(file));
    assertRefused(Path.of(file).getFileName().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, INDEX, DATA})
  void aFileThatTheListLeavesOutIsRefused(String file) throws Exception {
    Path list = directory.resolve(ChecksumManifest.FILE);
    Files.write(
        list, Files.readAllLines(list).stream().filter(line -> !line.endsWith(file)).toList());
    assertRefused(file + " is not listed in " + ChecksumManifest.FILE);
  }

  @Test
  void noDirectory() {
    assertThatThrownBy(() -> SavedModels.load(directory.resolve("none")))
        .isInstanceOf(SavedModelException.class)
        .hasMessageEndingWith("it must have the file saved_model.pb, found no such directory");
  }

  /** There are no tags to choose by. */
  @Test
  void noGraphAtAll() throws Exception {
    forgetChecksums();
    Files.write(directory.resolve(GRAPH), new byte[0]);
    assertRefused("saved_model.pb is empty; copy it again");
    Files.write(
        directory.resolve(GRAPH),
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).build().toByteArray());
    assertRefused("saved_model.pb has no graph");
  }

  @Test
  void noGraphForServing() throws Exception {
    FunctionWrapper.edit(
        directory,
        meta -> {
          meta.getMetaInfoDefBuilder().clearTags().addTags("train");
          return meta;
        });
    assertRefused("it must have a graph with the tags [serve], found [[train]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, INDEX, DATA})
  void aCutOffFileOfAnotherExporterIsRefused(String file) throws Exception {
    forgetChecksums();
    byte[] bytes = Files.readAllBytes(directory.resolve(file));
    Files.write(directory.resolve(file), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    assertRefused(file.equals(GRAPH) ? "is damaged" : "is cut off");
  }

  @Test
  void everyFlippedBitOfTheVariablesIsFound() throws Exception {
    forgetChecksums();
    MersenneTwister random = new MersenneTwister(5);
    for (String file : List.of(INDEX, DATA)) {
      int size = (int) Files.size(directory.resolve(file));
      for (int i = 0; i < 60; i++) {
        // The footer of the index has 40 bytes, most of them padding; DATA is all values.
        int position = random.nextInt(file.equals(INDEX) ? size - 48 : size);
        flip(file, position);
        assertThatThrownBy(() -> SavedModels.load(directory))
            .as("%s at %s", file, position)
            .isInstanceOf(DataException.class);
        flip(file, position);
      }
    }
    SavedModels.load(directory).close();
  }

  @Test
  void aDamagedGraphOfAnotherExporterIsAnErrorOrLoads() throws Exception {
    forgetChecksums();
    byte[] whole = Files.readAllBytes(directory.resolve(GRAPH));
    MersenneTwister random = new MersenneTwister(6);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(directory.resolve(GRAPH), damaged);
      try (LoadedModel loaded = SavedModels.load(directory)) {
        assertThat(loaded.model().outputs()).isPositive();
      } catch (SavedModelException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 40);
  }

  @Test
  void aConstantThatClaimsTooMuchIsRefused() throws Exception {
    FunctionWrapper.edit(
        directory,
        meta -> {
          var huge = meta.getGraphDefBuilder().addNodeBuilder().setName("huge").setOp("Const");
          var tensor = Attributes.scalar(1).toBuilder();
          tensor.getTensorBuilder().getTensorShapeBuilder().addDimBuilder().setSize(1L << 40);
          huge.putAttr("value", tensor.build());
          return meta;
        });
    assertRefused(
        "the graph is damaged: huge (Const) claims a constant of shape [1099511627776] with 0"
            + " bytes");
  }

  @Test
  void weightsThatAreNoNumbersAreRefusedWithTheirPlace() throws Exception {
    Path exported = directory.resolve("exported");
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(3, 2, 4).build(session, 1);
      float[] values = new float[12];
      values[7] = Float.NaN;
      model.parameters().get(0).assign(session, FloatArray.of(values, 3, 4));
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      SavedModels.write(exported, session, List.of(SignatureSpec.serving(model.forward(x))));
    }
    assertThatThrownBy(() -> SavedModels.load(exported))
        .isInstanceOf(SavedModelException.class)
        .hasMessageEndingWith("the values of 'fc1.weight' must be finite, found NaN at [1, 3]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WriteFile", "ReadFile", "EagerPyFunc", "Abort"})
  void whatReachesOutsideOfTheModelIsRefused(String type) throws Exception {
    FunctionWrapper.edit(
        directory,
        meta -> {
          meta.getGraphDefBuilder().addNodeBuilder().setName("there").setOp(type);
          return meta;
        });
    assertRefused("there (" + type + ") reaches outside of the model; export the model without it");
  }
}
