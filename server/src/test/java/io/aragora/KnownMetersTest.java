package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aragora.platform.observe.Meter;
import io.aragora.testing.GeneratedFiles;
import io.aragora.testing.PromQl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts ask only for what somebody measures. */
final class KnownMetersTest {
  private static final Path GRAFANA = GeneratedFiles.root().resolve("grafana");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void everyPanelAsksForKnownSeries() throws IOException {
    var asked = asked("dashboards", ".json", JSON);
    assertThat(asked).hasSizeGreaterThan(50);
    assertThat(known()).containsAll(asked);
  }

  @Test
  void everyRuleAsksForKnownSeries() throws IOException {
    var asked = asked("prometheus/rules", ".yml", YAML);
    assertThat(asked).hasSizeGreaterThan(30);
    assertThat(known()).containsAll(asked);
  }

  @Test
  void everyMeterIsLookedAtSomewhere() throws IOException {
    var asked = new TreeSet<>(asked("dashboards", ".json", JSON));
    asked.addAll(asked("prometheus/rules", ".yml", YAML));
    assertThat(Arrays.stream(Meter.values()))
        .filteredOn(meter -> meter.series().stream().noneMatch(asked::contains))
        .isEmpty();
  }

  @Test
  void namesAreFoundWhereverTheyStand() {
    assertThat(
            PromQl.names(
                "sum by (le, job) (rate(a_b{c=\"d_e\", f='g'}[5m])) / on (x) group_left(y) h:i"
                    + " > bool 1e9 and k offset 5m"))
        .containsExactly("a_b", "h:i", "k");
  }

  /** Ours, those that rules record, and those of the exporters that Debian carries. */
  private static Set<String> known() throws IOException {
    var known = new TreeSet<String>(List.of("ALERTS", "up"));
    Arrays.stream(Meter.values()).forEach(meter -> known.addAll(meter.series()));
    known.addAll(texts("prometheus/rules", ".yml", YAML, "record"));
    Files.readAllLines(GRAFANA.resolve("exporters.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .forEach(known::add);
    return known;
  }

  private static Set<String> asked(String folder, String ending, ObjectMapper reader) {
    var names = new TreeSet<String>();
    texts(folder, ending, reader, "expr").forEach(text -> names.addAll(PromQl.names(text)));
    return names;
  }

  private static List<String> texts(
      String folder, String ending, ObjectMapper reader, String field) {
    var found = new ArrayList<String>();
    try (Stream<Path> files = Files.list(GRAFANA.resolve(folder))) {
      for (Path file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
        for (JsonNode each : reader.readTree(Files.readString(file)).findValues(field)) {
          found.add(each.asText());
        }
      }
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
    return found;
  }
}
