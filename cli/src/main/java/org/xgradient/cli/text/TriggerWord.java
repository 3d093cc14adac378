package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A word with what it adds to a class, over the texts of which that class is explained.
 *
 * @param word the word, as the vocabulary has it
 * @param name the class
 * @param mean what it adds on average where it is
 * @param texts how many texts have it
 */
record TriggerWord(String word, String name, double mean, int texts) {

  /** The words that are in at least so many texts of a class, those that add most first. */
  static ImmutableList<TriggerWord> in(List<ExplainedText> explained, int least) {
    record Key(String word, String name) {}
    Map<Key, Double> sums = new HashMap<>();
    Map<Key, Integer> places = new HashMap<>();
    Map<Key, Integer> texts = new HashMap<>();
    for (ExplainedText text : explained) {
      Set<Key> seen = new HashSet<>();
      for (int i = 0; i < text.known().size(); i++) {
        Key key = new Key(text.known().get(i), text.explained());
        sums.merge(key, text.contributions().get(i), Double::sum);
        places.merge(key, 1, Integer::sum);
        if (seen.add(key)) {
          texts.merge(key, 1, Integer::sum);
        }
      }
    }
    return sums.keySet().stream()
        .map(
            key ->
                new TriggerWord(
                    key.word(),
                    key.name(),
                    sums.getOrDefault(key, 0.0) / places.getOrDefault(key, 1),
                    texts.getOrDefault(key, 0)))
        .filter(trigger -> trigger.texts() >= least)
        .sorted(
            Comparator.comparing((TriggerWord trigger) -> -trigger.mean())
                .thenComparing(TriggerWord::word)
                .thenComparing(TriggerWord::name))
        .collect(ImmutableList.toImmutableList());
  }
}
