package org.xgradient.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A script of ours that a page carries, plain JavaScript without a library. The page is whole
 * without it: a reader who allows no script, and paper, miss only what one can try.
 *
 * @param source the text of the script, which has nothing of the data in it
 */
public record PageScript(String source) {

  /**
   * Parsers of XML skip what is between, and to those of HTML and JavaScript these are comments.
   */
  private static final String BEGIN = "/*<![CDATA[*/\n";

  private static final String END = "\n/*]]>*/";

  /**
   * Checks that the text can stand in a page.
   *
   * @throws IllegalArgumentException if something in it would end the element of the script
   */
  public PageScript {
    for (String forbidden : new String[] {"</", "<!--", "]]>"}) {
      checkArgument(
          !source.contains(forbidden),
          "a script must not contain %s, which ends it in a page; write it in two parts",
          forbidden);
    }
  }

  /**
   * A script in a file of its own.
   *
   * @param beside a class in the package of the file, of this module or of one that opens the
   *     package
   * @param name the name of the file
   * @return the script
   * @throws IllegalArgumentException if there is no such file
   */
  public static PageScript resource(Class<?> beside, String name) {
    return new PageScript(text(beside, name));
  }

  /** Reads a file of ours. */
  static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "there must be a file %s beside %s, found none".formatted(name, beside));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("%s of the pages cannot be read".formatted(name), e);
    }
  }

  /** {@return the content of the element} */
  String content() {
    return BEGIN + source + END;
  }

  /** {@return what a content security policy says of it, so that no other script runs} */
  String permission() {
    byte[] hash = Hashing.sha256().hashString(content(), StandardCharsets.UTF_8).asBytes();
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }
}
