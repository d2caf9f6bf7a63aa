package io.aragora.debate;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.debate.brief.OpenDebate;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debates over HTTP. */
public final class DebateRoutes implements Routes {
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,4})(?:$|[,;\\s])");
  private static final int LONGEST_WAIT = 60;

  static final Operation CREATE =
      Operation.post("debates.create", "/api/v1/debates")
          .about("Puts a question to a panel. With Prefer: wait=30 the answer waits for the end.")
          .needs(Permission.OPEN_DEBATE)
          .takes(OpenDebate.class)
          .header("Prefer", "wait=N waits up to N seconds, at most 60, for the debate to end.")
          .gives(202, DebateView.class)
          .gives(200, DebateView.class)
          .refuses(ErrorCode.BUDGET_EXCEEDED, ErrorCode.UNKNOWN_MODEL, ErrorCode.INVALID_INPUT);

  static final Operation ESTIMATE =
      Operation.post("debates.estimate", "/api/v1/debates/estimate")
          .about("Tells what a debate could cost at most, without opening it.")
          .needs(Permission.OPEN_DEBATE)
          .takes(OpenDebate.class)
          .gives(200, DebateView.Estimate.class)
          .refuses(ErrorCode.UNKNOWN_MODEL, ErrorCode.INVALID_INPUT);

  static final Operation LIST =
      Operation.get("debates.list", "/api/v1/debates")
          .about("Lists the workspace's debates, newest first.")
          .needs(Permission.READ_DEBATE)
          .givesPageOf(DebateView.class);

  static final Operation GET =
      Operation.get("debates.get", "/api/v1/debates/{id}")
          .about("Tells how a debate stands.")
          .needs(Permission.READ_DEBATE)
          .gives(200, DebateView.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation CANCEL =
      Operation.post("debates.cancel", "/api/v1/debates/{id}/cancel")
          .about("Calls a debate off; it ends as cancelled, with a receipt.")
          .needs(Permission.OPEN_DEBATE)
          .gives(202, DebateView.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation TRANSCRIPT =
      Operation.get("debates.transcript", "/api/v1/debates/{id}/transcript")
          .about("Gives everything the seats said, word for word.")
          .needs(Permission.READ_DEBATE)
          .gives(200, DebateView.Transcript.class)
          .refuses(ErrorCode.NOT_FOUND);

  private final Debates debates;

  public DebateRoutes(Debates debates) {
    this.debates = debates;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(CREATE, this::create),
        new Endpoint(ESTIMATE, this::estimate),
        new Endpoint(LIST, this::list),
        new Endpoint(GET, this::get),
        new Endpoint(CANCEL, this::cancel),
        new Endpoint(TRANSCRIPT, this::transcript));
  }

  private Reply create(Call call) {
    Caller caller = Caller.of(call);
    Optional<Duration> wait = wait(call);
    DebateView opened =
        debates.open(caller.workspace(), caller.actor(), call.newId(), call.body(OpenDebate.class));
    String location = "/api/v1/debates/" + opened.id();
    if (wait.isEmpty()) {
      return Reply.json(202, opened).with("Location", location);
    }
    DebateView ended = await(caller, opened, wait.get());
    int status = ended.state() == DebateView.State.CLOSED ? 200 : 202;
    return Reply.json(status, ended)
        .with("Location", location)
        .with("Preference-Applied", "wait=" + wait.get().toSeconds());
  }

  private DebateView await(Caller caller, DebateView opened, Duration longest) {
    try {
      return debates.await(caller.workspace(), opened.id(), longest);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return opened;
    } catch (DatabaseFault unreachable) {
      // The debate is open: to say that it failed would make the caller open it again.
      return opened;
    }
  }

  private Reply estimate(Call call) {
    return Reply.ok(debates.estimate(Caller.of(call).workspace(), call.body(OpenDebate.class)));
  }

  private Reply list(Call call) {
    return Reply.ok(debates.list(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private Reply get(Call call) {
    return Reply.ok(debates.read(Caller.of(call).workspace(), id(call)));
  }

  private Reply cancel(Call call) {
    return Reply.json(202, debates.cancel(Caller.of(call).workspace(), id(call)));
  }

  private Reply transcript(Call call) {
    return Reply.ok(debates.transcript(Caller.of(call).workspace(), id(call)));
  }

  private static DebateId id(Call call) {
    return new DebateId(call.pathId("id"));
  }

  private static Optional<Duration> wait(Call call) {
    Optional<String> prefer = call.header("Prefer");
    if (prefer.isEmpty()) {
      return Optional.empty();
    }
    Matcher wait = WAIT.matcher(prefer.get());
    if (!wait.find()) {
      return Optional.empty();
    }
    int seconds = Integer.parseInt(wait.group(1));
    if (seconds > LONGEST_WAIT) {
      throw Refusal.of(
          ErrorCode.INVALID_QUERY, "Prefer: wait is at most " + LONGEST_WAIT + " seconds");
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
