package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;

class SafetensorsIndexTest {

  private static final String MAP =
      "{'metadata':{'total_size':24},'weight_map':"
          + "{'b':'m-2.safetensors','a':'m-1.safetensors','c':'m-1.safetensors'}}";
  private static final ImmutableMap<String, String> PYTORCH = ImmutableMap.of("format", "pt");

  @TempDir private Path folder;
  private Path index;

  @BeforeEach
  void writeShards() {
    index = folder.resolve("model.safetensors.index.json");
    write("m-1.safetensors", arrays(array("a", 1), array("c", 2, 3)));
    write("m-2.safetensors", array("b", 4, 5, 6));
  }

  private static ImmutableMap<String, FloatArray> array(String name, float... values) {
    return ImmutableMap.of(name, FloatArray.of(values, values.length));
  }

  private static ImmutableMap<String, FloatArray> arrays(
      Map<String, FloatArray> first, Map<String, FloatArray> second) {
    return ImmutableMap.<String, FloatArray>builder().putAll(first).putAll(second).buildOrThrow();
  }

  private void write(String file, Map<String, FloatArray> arrays) {
    Safetensors.write(folder.resolve(file), NamedArrays.of(arrays).withMetadata(PYTORCH));
  }

  private Path index(String json) {
    return Bytes.bytes().text(json.replace('\'', '"')).writeTo(index);
  }

  private AbstractStringAssert<?> refusal(String json) {
    index(json);
    return assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SafetensorsIndex.read(index))
        .withMessageContaining(folder.toString())
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING);
  }

  @Test
  void joinsItsFilesInItsOrder() {
    NamedArrays read = SafetensorsIndex.read(index(MAP));
    assertThat(read.names()).containsExactly("b", "a", "c");
    assertThat(read.get("b").values()).containsExactly(4, 5, 6);
    assertThat(read.get("a").values()).containsExactly(1);
    assertThat(read.get("c").values()).containsExactly(2, 3);
    assertThat(read.metadata()).isEqualTo(PYTORCH);
  }

  @Test
  void findsFilesBesideAnIndexWithoutAFolder() throws IOException {
    index(MAP);
    Path relative = Path.of("").toAbsolutePath().relativize(index.toRealPath());
    assertThat(SafetensorsIndex.read(relative).size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'weight_map':{'a':'../m-1.safetensors'}} | without folders, found \"../m-1.safetensors\"",
        "{'weight_map':{'a':'/etc/m.safetensors'}} | without folders",
        "{'weight_map':{'a':'x\\\\m.safetensors'}} | without folders",
        "{'weight_map':{'a':'C:m.safetensors'}} | without folders",
        "{'weight_map':{'a':'m\\u0000.safetensors'}} | without folders",
        "{'weight_map':{'a':'..'}} | without folders",
        "{'weight_map':{'a':'passwords.txt'}} | names of files *.safetensors",
        "{'weight_map':{'a':'m-1.safetensors','a':'m-2.safetensors'}} | Duplicate field 'a'",
        "{'weight_map':{'a':'m-1.safetensors'}} | found nothing for \"c\" in m-1.safetensors",
        "{'weight_map':{'a':'m-1.safetensors','c':'m-2.safetensors'}} "
            + "| found m-2.safetensors for \"c\" in m-1.safetensors",
        "{'weight_map':{'a':'m-1.safetensors','c':'m-1.safetensors','d':'m-1.safetensors'}} "
            + "| m-1.safetensors must be a file with the tensor \"d\", found 2 others",
        "{'weight_map':{'a':1}} | weight_map \"a\" must be the name of a file, found 1",
        "{'weight_map':[]} | weight_map must be an object, found [",
        "{'weight_map':{}} | with a weight_map of tensors, found none",
        "{'metadata':{}} | with a weight_map of tensors, found none",
        "{} {} | with a weight_map of tensors, found none",
        "[] | index must be an object",
        "{'weight_map':{'a':'m-1 | index must be JSON",
      })
  void refusesAWrongIndex(String json, String message) {
    refusal(json).contains(message.replace('\'', message.contains("Dup") ? '\'' : '"'));
  }

  /** What a repository holds that was copied without its large files. */
  @Test
  void pointersOfGitLfsAreNamed() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n";
    Path index = Files.writeString(folder.resolve("pointer.index.json"), pointer);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SafetensorsIndex.read(index))
        .withMessage(
            index + " is a pointer of Git LFS and not the file itself; fetch it by git lfs pull");
    Path shard = Files.writeString(folder.resolve("m-2.safetensors"), pointer);
    Path whole = Files.writeString(folder.resolve("m.index.json"), MAP.replace('\'', '"'));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SafetensorsIndex.read(whole))
        .withMessageStartingWith(shard + " is a pointer of Git LFS");
  }

  @Test
  void refusesATensorThatTwoFilesHave() {
    write("m-2.safetensors", arrays(array("b", 4, 5, 6), array("a", 1)));
    refusal(MAP).endsWith("found m-1.safetensors for \"a\" in m-2.safetensors");
  }

  @Test
  void refusesFilesThatAreNotPlain() throws IOException {
    Path shard = folder.resolve("m-2.safetensors");
    Path moved = Files.move(shard, folder.resolve("moved.safetensors"));
    Files.createSymbolicLink(shard, moved);
    refusal(MAP).contains("m-2.safetensors must be a plain file beside the index", "a link");
    Files.delete(shard);
    Files.createDirectory(shard);
    refusal(MAP).contains("m-2.safetensors must be a plain file beside the index");
  }

  @Test
  void namesAFileThatIsMissing() throws IOException {
    Files.delete(folder.resolve("m-2.safetensors"));
    refusal(MAP).contains("m-2.safetensors must be a plain file", "found no such file");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SafetensorsIndex.read(folder.resolve("none.safetensors.index.json")))
        .withMessageContaining("none.safetensors.index.json (there is no such file)");
  }

  /** One may be in another layout than the others. */
  @Test
  void refusesFilesOfDifferentKinds() {
    Safetensors.write(folder.resolve("m-2.safetensors"), NamedArrays.of(array("b", 4)));
    refusal(MAP)
        .contains(
            "metadata of m-1.safetensors must be {} as in the files before, found {format=pt}");
  }

  @Test
  void copesWithDamage() throws IOException {
    Mutations.check(Files.readAllBytes(index(MAP)), folder, SafetensorsIndex::read);
  }
}
