package io.aragora.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person says of a debate on the command line, and the body the API takes for it. */
final class BriefOptions {
  @Parameters(paramLabel = "QUESTION", description = "The question; - reads it from the input")
  private String question = "";

  @Option(
      names = "--option",
      paramLabel = "[ID=]LABEL",
      description = "A choice; give two to twelve. Without any, the panel may approve or reject")
  private List<String> options = List.of();

  @Option(names = "--open", description = "Lets the panel name the options itself")
  private boolean open;

  @Option(names = "--context", paramLabel = "FILE", description = "Background, as a text file")
  private @Nullable Path context;

  @Option(names = "--attach", paramLabel = "FILE", description = "A text the panel may quote")
  private List<Path> attached = List.of();

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL[@TEMPERATURE]",
      description = "The panel, a model a seat, separated by commas")
  private List<String> models = List.of();

  @Option(
      names = "--rule",
      paramLabel = "NAME[:NUMBER]",
      description = "How ballots decide: majority, supermajority:2/3, unanimity, plurality:2, ...")
  private @Nullable String rule;

  @Option(
      names = "--cap",
      paramLabel = "MICRO",
      description = "Most it may spend, in micro-dollars")
  private @Nullable Long cap;

  @Option(names = "--rounds", paramLabel = "N", description = "Challenge rounds, 0 to 2")
  private @Nullable Integer rounds;

  @Option(names = "--seed", paramLabel = "N", description = "Makes a rehearsal repeatable")
  private @Nullable Long seed;

  @Option(names = "--irreversible", description = "Asks for unanimity and a human attestation")
  private boolean irreversible;

  List<Path> attached() {
    return attached;
  }

  /** The body of {@code POST /api/v1/debates}; texts attached before are named by their hashes. */
  ObjectNode body(List<String> evidence) {
    var body = Json.object();
    body.put("question", question.equals("-") ? input() : question);
    if (context != null) {
      body.put("context", LocalFile.text(context));
    }
    options.forEach(each -> option(body.withArray("options").addObject(), each));
    models.forEach(each -> seat(body.withArray("panel").addObject(), each));
    evidence.forEach(each -> body.withArray("evidence").add(each));
    if (rule != null) {
      rule(body.putObject("rule"), rule);
    }
    put(body, "cap", cap);
    put(body, "seed", seed);
    if (rounds != null) {
      body.put("max_rounds", rounds);
    }
    if (open) {
      body.put("open", true);
    }
    if (irreversible) {
      body.put("irreversible", true);
    }
    return body;
  }

  private static void put(ObjectNode body, String name, @Nullable Long value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private static void option(ObjectNode node, String text) {
    int at = text.indexOf('=');
    var label = at > 0 ? text.substring(at + 1) : text;
    node.put("id", at > 0 ? text.substring(0, at) : Words.id(text)).put("label", label);
  }

  private static void seat(ObjectNode node, String text) {
    int at = text.lastIndexOf('@');
    if (at > 0 && text.substring(at + 1).matches("[0-9]+(\\.[0-9]+)?")) {
      node.put("model", text.substring(0, at));
      node.put("temperature", Double.parseDouble(text.substring(at + 1)));
    } else {
      node.put("model", text);
    }
  }

  private static void rule(ObjectNode node, String text) {
    var parts = text.split(":", 2);
    node.put("name", parts[0]);
    if (parts.length > 1 && parts[0].equals("plurality") && parts[1].matches("[0-9]{1,4}")) {
      node.put("margin", Integer.parseInt(parts[1]));
    } else if (parts.length > 1) {
      node.put("threshold", parts[1]);
    }
  }

  private static String input() {
    try {
      return new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    } catch (IOException bad) {
      throw CliFault.usage("the question cannot be read from the input");
    }
  }
}
