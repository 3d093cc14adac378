package org.xgradient.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of dependencies lists what is on the class path, no more and no less. */
class DependenciesTest {

  private static final Pattern ROW =
      Pattern.compile("\\| ([\\w.-]+:[^|]+?) \\| (\\S+)[^|]*\\| ([^|]+) \\|.*");

  private static final Pattern REVIEW =
      Pattern.compile("Reviewed by hand on (\\d{4}-\\d\\d-\\d\\d) \\(versions ([0-9a-f]{12})\\)");

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*?(-jre)?)(-[a-z].*)?\\.jar");

  private static final Pattern OURS_OR_FOR_TESTS =
      Pattern.compile(
          "(xgradient-|junit-|assertj-|archunit|opentest4j-|apiguardian-|byte-buddy-|rhino-|surefire).*");

  @Test
  void thePageListsWhatIsOnTheClassPath() throws IOException {
    assertThat(listed()).isNotEmpty().isEqualTo(onTheClassPath());
  }

  /** A list of versions that is newer than the review was not reviewed. */
  @Test
  void theVersionsAreThoseOfTheReview() throws IOException {
    String page = Files.readString(DocumentationTest.root().resolve("docs/dependencies.md"));

    Matcher review = REVIEW.matcher(page);

    assertThat(review.find()).as("a date and the checksum of the list").isTrue();
    assertThat(LocalDate.parse(review.group(1))).isAfter("2026-01-01");
    String versions = String.join("\n", listed());
    assertThat(review.group(2))
        .as("of the versions that were reviewed; review those that changed, then write it down")
        .isEqualTo(
            Hashing.sha256()
                .hashString(versions, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 12));
  }

  private static ImmutableSortedSet<String> listed() throws IOException {
    ImmutableSortedSet.Builder<String> listed = ImmutableSortedSet.naturalOrder();
    for (String line :
        Files.readAllLines(DocumentationTest.root().resolve("docs/dependencies.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> artifacts =
            Splitter.on(", ").splitToList(row.group(1).substring(row.group(1).indexOf(':') + 1));
        artifacts.forEach(artifact -> listed.add(artifact + " " + row.group(2)));
      }
    }
    return listed.build();
  }

  private static ImmutableSortedSet<String> onTheClassPath() {
    ImmutableSortedSet.Builder<String> found = ImmutableSortedSet.naturalOrder();
    for (String entry :
        Splitter.on(System.getProperty("path.separator"))
            .omitEmptyStrings()
            .split(System.getProperty("java.class.path"))) {
      String name = String.valueOf(Path.of(entry).getFileName());
      Matcher jar = JAR.matcher(name);
      if (jar.matches() && !OURS_OR_FOR_TESTS.matcher(name).matches()) {
        found.add(jar.group(1) + " " + jar.group(2));
      }
    }
    return found.build();
  }
}
