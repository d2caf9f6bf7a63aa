package io.aragora.audit.desk;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;
import java.util.Locale;

/** The audit log over HTTP: search, one entry with its proof, files, and the check of it all. */
public final class AuditRoutes implements Routes {
  static final Operation LIST =
      AuditFilter.declare(
          Operation.get("audit.list", "/api/v1/audit/entries")
              .about("Who did what to what in this workspace, newest first.")
              .needs(Permission.READ_AUDIT)
              .givesPageOf(AuditLine.class));

  static final Operation GET =
      Operation.get("audit.get", "/api/v1/audit/entries/{id}")
          .about("One entry, with the proof that it stands in the signed log.")
          .needs(Permission.READ_AUDIT)
          .gives(200, AuditDetail.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation EXPORT =
      AuditFilter.declare(
          Operation.get("audit.export", "/api/v1/audit/export")
              .about("All entries asked for as a file, newest first.")
              .needs(Permission.EXPORT_AUDIT)
              .query("format", "string", "csv or jsonl; jsonl unless told.")
              .gives(200, AuditExport.JSONL.mediaType(), "One entry of audit.list a line.")
              .gives(200, AuditExport.CSV.mediaType(), "A table with a line of headings."));

  static final Operation VERIFY =
      Operation.get("audit.verify", "/api/v1/audit/verify")
          .about(
              "Hashes every entry of this workspace again, adds up the whole log, holds it against"
                  + " every head ever signed, and names the first fault.")
          .needs(Permission.READ_AUDIT)
          .gives(200, AuditVerdict.class)
          .refuses(ErrorCode.TOO_MANY_REQUESTS);

  static final Operation CHECKPOINT =
      Operation.get("audit.checkpoint", "/api/v1/audit/checkpoint")
          .about("The newest signed head of the audit log (C2SP tlog-checkpoint): keep it.")
          .needs(Permission.READ_AUDIT)
          .gives(200, "text/plain; charset=utf-8", "A signed note: origin, size, root, signature.")
          .refuses(ErrorCode.NOT_FOUND);

  private final AuditDesk desk;

  public AuditRoutes(AuditDesk desk) {
    this.desk = desk;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(GET, this::get),
        new Endpoint(EXPORT, this::export),
        new Endpoint(VERIFY, call -> Reply.ok(desk.verify(Caller.of(call).workspace()))),
        new Endpoint(CHECKPOINT, call -> checkpoint()));
  }

  private Reply list(Call call) {
    return Reply.ok(
        desk.list(Caller.of(call).workspace(), AuditFilter.of(call), call.limit(), call.cursor()));
  }

  private Reply get(Call call) {
    return Reply.ok(desk.read(Caller.of(call).workspace(), call.pathId("id")));
  }

  private Reply export(Call call) {
    AuditExport form = form(call.query("format").orElse("jsonl"));
    return Reply.stream(
            form.mediaType(), desk.export(Caller.of(call).workspace(), AuditFilter.of(call), form))
        .with(
            "Content-Disposition",
            "attachment; filename=\"audit.%s\"".formatted(form.name().toLowerCase(Locale.ROOT)));
  }

  private Reply checkpoint() {
    return Reply.bytes(200, "text/plain; charset=utf-8", desk.checkpoint());
  }

  private static AuditExport form(String format) {
    return switch (format) {
      case "csv" -> AuditExport.CSV;
      case "jsonl" -> AuditExport.JSONL;
      default -> throw Refusal.of(ErrorCode.INVALID_QUERY, "format must be csv or jsonl");
    };
  }
}
