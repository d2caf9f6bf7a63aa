package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.json.Json;
import io.aragora.platform.secret.Rotation;
import io.aragora.platform.secret.Rotation.Step;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a new key file and wraps all data keys with it, while the servers run. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new key file and wraps all data keys with it, while the servers run.",
      "Where each node has a keys folder of its own: rotate --keep-old, copy the new file to all"
          + " of them, then rotate --finish."
    })
public final class KeyRotateVerb implements Callable<Integer> {
  private final Map<String, String> environment;
  private final BiFunction<Settings, Set<Step>, Rotation.Done> rotating;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup private @Nullable Part part;

  @Option(names = "--data", description = "Makes new data keys too and seals every row again")
  private boolean data;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  /** Half a rotation, for nodes that do not share a folder. */
  static final class Part {
    @Option(
        names = "--keep-old",
        description = "Leaves the old key in force until --finish: nodes without the new file work")
    private boolean keepOld;

    @Option(names = "--finish", description = "Makes no key; ends the rotation that kept the old")
    private boolean finish;
  }

  /** {@code rotating} does it, on the database of the settings. */
  public KeyRotateVerb(
      Map<String, String> environment, BiFunction<Settings, Set<Step>, Rotation.Done> rotating) {
    this.environment = Map.copyOf(environment);
    this.rotating = rotating;
  }

  @Override
  public Integer call() {
    Rotation.Done done = rotating.apply(LocalDatabase.settings(environment), steps());
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    out.println(json ? Json.text(done) : words(done));
    out.flush();
    return 0;
  }

  private Set<Step> steps() {
    var steps = EnumSet.of(Step.MAKE, Step.REWRAP, Step.RETIRE);
    if (part != null && part.keepOld) {
      steps.remove(Step.RETIRE);
    }
    if (part != null && part.finish) {
      steps.remove(Step.MAKE);
    }
    if (data) {
      steps.add(Step.RENEW);
    }
    return steps;
  }

  private static String words(Rotation.Done done) {
    return "key file %d in force, %d data keys wrapped with it, %d rows sealed again"
        .formatted(done.version(), done.keys(), done.rows());
  }
}
