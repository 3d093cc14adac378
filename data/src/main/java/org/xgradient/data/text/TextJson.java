package org.xgradient.data.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.xgradient.data.DataException;
import org.xgradient.data.json.Json;

/** A preprocessing of texts in JSON. */
record TextJson(
    @JsonProperty(value = "version", required = true) int version,
    @JsonProperty(value = "tokenizer", required = true) String tokenizer,
    @JsonProperty(value = "language", required = true) String language,
    @JsonProperty(value = "lowerCase", required = true) boolean lowerCase,
    @JsonProperty(value = "steps", required = true) int steps,
    @JsonProperty(value = "words", required = true) List<String> words) {

  private static final int VERSION = 1;

  static String write(TextPreprocessing preprocessing) {
    Tokenizer tokenizer = preprocessing.tokenizer();
    return Json.indented(
        new TextJson(
            VERSION,
            tokenizer.kind().name(),
            tokenizer.language().toLanguageTag(),
            tokenizer.lowerCase(),
            preprocessing.steps(),
            preprocessing.vocabulary().words()));
  }

  static TextPreprocessing read(String json, String file) {
    try {
      TextJson read = Json.MAPPER.readValue(json, TextJson.class);
      if (read.version != VERSION) {
        throw new DataException(
            "%s must be of format version %s, found %s; use the version of xgradient that wrote it"
                .formatted(file, VERSION, read.version));
      }
      read.words.forEach(Objects::requireNonNull);
      return new TextPreprocessing(
          new Tokenizer(
              Tokenizer.Kind.valueOf(read.tokenizer),
              Locale.forLanguageTag(read.language),
              read.lowerCase),
          new Vocabulary(ImmutableList.copyOf(read.words)),
          read.steps);
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static DataException damaged(String file, String reason, Exception cause) {
    return new DataException(
        "%s is damaged: %s; export the model again".formatted(file, reason), cause);
  }
}
