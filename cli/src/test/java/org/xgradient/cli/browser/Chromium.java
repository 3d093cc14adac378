package org.xgradient.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xgradient.data.json.Json;

/** A browser without a window, spoken to by its DevTools protocol over a web socket. */
final class Chromium implements AutoCloseable {

  private static final ImmutableList<String> NAMES =
      ImmutableList.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private String session = "";

  private Chromium(Process process, String address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  /** Where there is one: named by the property {@code xgradient.chromium}, or on the path. */
  static Optional<Path> find() {
    String given = System.getProperty("xgradient.chromium", "");
    if (!given.isEmpty()) {
      return Optional.of(Path.of(given));
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a browser with a profile of its own, which forbids it the network. */
  static Chromium start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                // Containers give no user namespaces; only pages of ours are opened.
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-extensions",
                "--disable-background-networking",
                "--proxy-server=127.0.0.1:9",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 600 && !(Files.exists(port) && Files.size(port) > 10); i++) {
      sleep();
    }
    List<String> lines = Files.readAllLines(port);
    return new Chromium(process, "ws://127.0.0.1:%s%s".formatted(lines.get(0), lines.get(1)));
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Opens a page in a tab of its own and waits until it is loaded and drawn.
   *
   * @param address of the page
   * @param width of the viewport in CSS pixels
   * @param height of the viewport
   * @param dark whether the reader wants dark pages
   * @param script whether scripts run
   */
  void open(String address, int width, int height, boolean dark, boolean script) {
    if (!session.isEmpty()) {
      call("Page.close", ImmutableMap.of());
      session = "";
    }
    events.clear();
    String target =
        call("Target.createTarget", ImmutableMap.of("url", "about:blank")).get("targetId").asText();
    session =
        call("Target.attachToTarget", ImmutableMap.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    call("Page.enable", ImmutableMap.of());
    call("Runtime.enable", ImmutableMap.of());
    call("Log.enable", ImmutableMap.of());
    call(
        "Emulation.setDeviceMetricsOverride",
        ImmutableMap.of(
            "width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    call(
        "Emulation.setEmulatedMedia",
        ImmutableMap.of(
            "features",
            List.of(
                ImmutableMap.of(
                    "name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    call("Emulation.setScriptExecutionDisabled", ImmutableMap.of("value", !script));
    call("Page.navigate", ImmutableMap.of("url", address));
    for (int i = 0; i < 600 && !isLoaded(); i++) {
      sleep();
    }
  }

  private boolean isLoaded() {
    return events.stream()
        .anyMatch(event -> event.path("method").asText().equals("Page.loadEventFired"));
  }

  /** Errors and warnings of the console since the page was opened. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode event : events) {
      String method = event.path("method").asText();
      JsonNode params = event.path("params");
      if (method.equals("Runtime.exceptionThrown")) {
        complaints.add(params.path("exceptionDetails").toString());
      } else if (method.equals("Log.entryAdded")) {
        complaints.add(params.path("entry").toString());
      } else if (method.equals("Runtime.consoleAPICalled")
          && !params.path("type").asText().equals("log")) {
        complaints.add(params.toString());
      }
    }
    return complaints;
  }

  /** {@return what an expression comes to in the page, a promise awaited} */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            ImmutableMap.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** {@return a picture of the viewport, or of all of the page, as PNG} */
  byte[] picture(boolean whole) {
    return capture(ImmutableMap.of("format", "png", "captureBeyondViewport", whole));
  }

  private byte[] capture(Map<String, ?> how) {
    return Base64.getDecoder().decode(call("Page.captureScreenshot", how).get("data").asText());
  }

  /** {@return a picture of an element and a little around it, as PNG} */
  byte[] picture(String selector) {
    JsonNode clip =
        evaluate(
            "(function () { var r = document.querySelector('%s').getBoundingClientRect();"
                    .formatted(selector)
                + " return {x: r.left + scrollX - 12, y: r.top + scrollY - 12,"
                + " width: r.width + 24, height: r.height + 24, scale: 1}; })()");
    return capture(ImmutableMap.of("format", "png", "captureBeyondViewport", true, "clip", clip));
  }

  /** {@return what a command of the protocol answers} */
  JsonNode call(String method, Map<String, ?> params) {
    int id = calls.incrementAndGet();
    ObjectNode message = Json.MAPPER.createObjectNode();
    message.put("id", id).put("method", method).set("params", Json.MAPPER.valueToTree(params));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode found = answer.get(SECONDS, TimeUnit.SECONDS);
      if (found.has("error")) {
        throw new AssertionError(method + ": " + found.get("error"));
      }
      return found.path("result");
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " was not answered", e);
    }
  }

  @Override
  public void close() {
    session = "";
    try {
      call("Browser.close", ImmutableMap.of());
      process.waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS);
    } catch (AssertionError | InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } finally {
      process.destroyForcibly();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void take(String message) {
    try {
      JsonNode node = Json.MAPPER.readTree(message);
      if (node.has("id")) {
        CompletableFuture<JsonNode> waiting = answers.remove(node.get("id").asInt());
        if (waiting != null) {
          waiting.complete(node);
        }
      } else {
        events.add(node);
      }
    } catch (IOException e) {
      throw new AssertionError(message, e);
    }
  }
}
