package org.xgradient.report.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** Runs scripts of the pages in a JavaScript engine. */
final class Scripts implements AutoCloseable {

  private final Context context;
  private final ScriptableObject scope;

  Scripts(String... files) {
    context = Context.enter();
    context.setLanguageVersion(Context.VERSION_ES6);
    scope = context.initStandardObjects();
    for (String file : files) {
      context.evaluateString(scope, text(file), file, 1, null);
    }
  }

  /** Sets a variable to a value that is written as JSON. */
  Scripts with(String name, String json) {
    ScriptableObject.putProperty(scope, name + "Text", json);
    run("var %s = JSON.parse(%sText);".formatted(name, name));
    return this;
  }

  /** {@return what an expression comes to, as JSON} */
  String json(String expression) {
    return Context.toString(run("JSON.stringify(" + expression + ")"));
  }

  /** {@return what an expression comes to, as text} */
  String show(String expression) {
    return Context.toString(run(expression));
  }

  double number(String expression) {
    return Context.toNumber(run(expression));
  }

  private Object run(String code) {
    return context.evaluateString(scope, code, "test", 1, null);
  }

  private static String text(String file) {
    try (InputStream in =
        RowExplorer.class.getResourceAsStream(
            file.startsWith("../") ? "/org/xgradient/report/" + file.substring(3) : file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Context.exit();
  }
}
