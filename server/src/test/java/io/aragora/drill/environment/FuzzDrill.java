package io.aragora.drill.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.environment.RandomRequests.Made;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.testing.ResponseValidator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/** Requests made up from the server's own description, most of them wrong. */
public final class FuzzDrill implements Drill {
  private static final int AT_ONCE = 16;
  private static final int KEPT = 10;

  @Override
  public String name() {
    return "fuzz";
  }

  @Override
  public String about() {
    return "N requests made up from the API description: no 5xx, no undocumented answer, no way in";
  }

  @Override
  public int usualCount() {
    return 5_000;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      rig.panel().taking(Duration.ZERO, Duration.ofMillis(5));
      NodeProcess node =
          rig.start("node-1", NodeOptions.usual().setting("ARAGORA_STREAM_SECONDS", "5"));
      var visitor = new Visitor(node, rig.key().secret());
      visitor.open("{\"question\": \"Which way?\"}", Duration.ofSeconds(30));
      JsonNode description = visitor.get("/openapi.json").json();
      var run = new Run(plan, node, rig, description);
      run.all();
      return run.report().findings(new Ends(rig.database()).invariants(rig), List.of());
    }
  }

  /** One drill under way. */
  private static final class Run {
    private final HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final DrillPlan plan;
    private final NodeProcess node;
    private final RandomRequests requests;
    private final ResponseValidator validator;
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Queue<String> undocumented = new ConcurrentLinkedQueue<>();
    private final Queue<String> entered = new ConcurrentLinkedQueue<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();

    Run(DrillPlan plan, NodeProcess node, Rig rig, JsonNode description) {
      this.plan = plan;
      this.node = node;
      this.requests =
          new RandomRequests(description, rig.key().secret(), rig.strangersKey().secret());
      this.validator = ResponseValidator.of(description.toString());
    }

    void all() throws InterruptedException {
      try (var clients = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
        for (int number = 0; number < plan.count(); number++) {
          long seed = plan.seed() * 1_000_003 + number;
          clients.submit(() -> one(requests.make(seed)));
        }
      }
    }

    DrillReport report() {
      plan.say("answers " + statuses);
      return new DrillReport()
          .figure("requests", plan.count())
          .figure("answers", new TreeMap<>(statuses))
          .figure("http_5xx", broken.size())
          .figure("undocumented", undocumented.size())
          .figure("auth_ignored", entered.size())
          .figure("unanswered", unanswered.size())
          .demand(broken.isEmpty(), "5xx", first(broken))
          .demand(undocumented.isEmpty(), "schema", first(undocumented))
          .demand(entered.isEmpty(), "auth", first(entered))
          .demand(unanswered.isEmpty(), "unanswered", first(unanswered))
          .demand(node.isAlive(), "alive", "the node died");
    }

    private void one(Made made) {
      try {
        HttpResponse<byte[]> got = http.send(request(made), BodyHandlers.ofByteArray());
        int status = got.statusCode();
        statuses.merge(status, 1, Integer::sum);
        String what = made + " -> " + status + " " + new String(got.body());
        if (status >= 500) {
          broken.add(what);
        }
        if (made.isStranger() && status < 400) {
          entered.add(what);
        }
        List<String> faults =
            validator.faults(
                made.verb(),
                made.path(),
                status,
                got.headers().firstValue("Content-Type").orElse(""),
                got.body());
        if (!faults.isEmpty()) {
          undocumented.add(what + " " + faults);
        }
      } catch (IOException none) {
        unanswered.add(made + " -> " + none);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException unsendable) {
        undocumented.add(made + " -> " + unsendable);
      }
    }

    private HttpRequest request(Made made) {
      var request =
          HttpRequest.newBuilder(node.url().resolve(made.path()))
              .timeout(Duration.ofSeconds(60))
              .method(
                  made.verb(),
                  made.body().length == 0
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(made.body()));
      made.headers().forEach(request::header);
      return request.build();
    }

    private static String first(Queue<String> found) {
      return found.stream()
          .limit(KEPT)
          .map(each -> each.substring(0, Math.min(700, each.length())))
          .toList()
          .toString();
    }
  }
}
