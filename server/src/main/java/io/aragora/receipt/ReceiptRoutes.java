package io.aragora.receipt;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import io.aragora.receipt.verify.Verification;
import java.util.Arrays;
import java.util.List;

/** Receipts over HTTP: the list, one with its proof, its exports, and the check of any file. */
public final class ReceiptRoutes implements Routes {
  private static final long LARGEST_FILE = 1024 * 1024;

  static final Operation LIST =
      Operation.get("receipts.list", "/api/v1/receipts")
          .about("The workspace's receipts, newest first.")
          .needs(Permission.READ_RECEIPT)
          .givesPageOf(ReceiptSummary.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation GET =
      Operation.get("receipts.get", "/api/v1/receipts/{id}")
          .about("A receipt with everything needed to check it offline.")
          .needs(Permission.READ_RECEIPT)
          .gives(200, ReceiptBundle.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation EXPORT = export();

  static final Operation VERIFY =
      Operation.post("receipts.verify", "/api/v1/receipts/verify")
          .about("Checks a receipt file (envelope, JWS or bundle) and lists every check.")
          .needs(Permission.READ_RECEIPT)
          .takesBytes("application/octet-stream", LARGEST_FILE)
          .gives(200, Verification.class);

  private final Receipts receipts;

  public ReceiptRoutes(Receipts receipts) {
    this.receipts = receipts;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(GET, this::get),
        new Endpoint(EXPORT, this::export),
        new Endpoint(VERIFY, call -> Reply.ok(receipts.verify(call.bytes()))));
  }

  private Reply list(Call call) {
    return Reply.ok(receipts.list(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private Reply get(Call call) {
    return Reply.ok(receipts.read(Caller.of(call).workspace(), id(call)));
  }

  private Reply export(Call call) {
    ReceiptId id = id(call);
    ReceiptFormat format = ReceiptFormat.asked(call.query("format"), call.header("Accept"));
    byte[] file = receipts.export(Caller.of(call).workspace(), id, format);
    return Reply.bytes(200, format.mediaType(), file)
        .with(
            "Content-Disposition",
            "attachment; filename=\"" + format.fileName(id.toString()) + "\"");
  }

  private static ReceiptId id(Call call) {
    return new ReceiptId(call.pathId("id"));
  }

  private static Operation export() {
    Operation operation =
        Operation.get("receipts.export", "/api/v1/receipts/{id}/export")
            .about("The receipt as a file; format or Accept says which.")
            .needs(Permission.READ_RECEIPT)
            .query("format", "string", "One of " + names() + "; goes before Accept.")
            .header("Accept", "The media type of a format.")
            .refuses(ErrorCode.NOT_FOUND, ErrorCode.NOT_ACCEPTABLE);
    for (ReceiptFormat format : ReceiptFormat.values()) {
      operation = operation.gives(200, format.mediaType(), "The receipt as " + format.wire() + ".");
    }
    return operation;
  }

  private static String names() {
    return String.join(
        ", ", Arrays.stream(ReceiptFormat.values()).map(ReceiptFormat::wire).toList());
  }
}
