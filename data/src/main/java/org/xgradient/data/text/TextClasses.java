package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

/**
 * The classes of texts, in the order of {@link String#compareTo}. A model of two classes has one
 * logit, that of the second; a model of more has one each.
 *
 * @param names the names, at least two
 */
public record TextClasses(ImmutableList<String> names) {

  /** Fewer labels may all be different by chance. */
  private static final int FEWEST_IDENTIFIERS = 20;

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if there are less than two, or two are the same
   */
  public TextClasses {
    checkArgument(names.size() >= 2, "there must be at least two classes, found %s", names);
    checkArgument(
        ImmutableSet.copyOf(names).size() == names.size(),
        "the classes must be different, found %s",
        names);
  }

  /**
   * The classes of labels.
   *
   * @param texts texts with labels
   * @return the classes
   * @throws DataException if there are no labels, only one class, or a class for each text
   */
  public static TextClasses of(LabelledTexts texts) {
    ImmutableSortedSet<String> names = ImmutableSortedSet.copyOf(labels(texts));
    if (names.size() == texts.size() && texts.size() >= FEWEST_IDENTIFIERS) {
      throw new DataException(
          "labels must be classes of several texts, found %s different ones for %s texts, such as \"%s\"; name the labels, or say where they end with --label-until"
              .formatted(names.size(), texts.size(), names.first()));
    }
    if (names.size() < 2) {
      throw new DataException(
          "there must be texts of at least two classes, found only \"%s\"; give texts of another"
                  .formatted(names.first())
              + " class, or say where labels end with --label-until");
    }
    return new TextClasses(names.asList());
  }

  private static ImmutableList<String> labels(LabelledTexts texts) {
    return texts
        .labels()
        .orElseThrow(
            () ->
                new DataException(
                    "the texts need labels, found none; say where they stand with --lines tab or first-word"));
  }

  /** {@return what labels mean} */
  public Task task() {
    return names.size() == 2 ? Task.BINARY : Task.MULTICLASS;
  }

  /** {@return the number of logits} */
  public int outputs() {
    return names.size() == 2 ? 1 : names.size();
  }

  /**
   * Encodes labels.
   *
   * @param texts texts with labels
   * @return the index of each text's class, of shape {@code [texts]}
   * @throws DataException if there are no labels, or one is not a class
   */
  public FloatArray encode(LabelledTexts texts) {
    List<String> labels = labels(texts);
    firstUnknown(texts)
        .ifPresent(
            unknown -> {
              throw new DataException(unknown);
            });
    float[] encoded = new float[labels.size()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = names.indexOf(labels.get(i));
    }
    return FloatArray.of(encoded, encoded.length);
  }

  /**
   * Looks for a label that is no class.
   *
   * @param texts texts, perhaps with labels
   * @return a message about the first one; empty if there is none
   */
  public Optional<String> firstUnknown(LabelledTexts texts) {
    List<String> labels = texts.labels().orElse(ImmutableList.of());
    for (int i = 0; i < labels.size(); i++) {
      if (!names.contains(labels.get(i))) {
        return Optional.of(
            "%s: label \"%s\" must be one of %s; correct it, or say where labels end with --label-until"
                .formatted(texts.place(i), labels.get(i), String.join(", ", names)));
      }
    }
    return Optional.empty();
  }
}
