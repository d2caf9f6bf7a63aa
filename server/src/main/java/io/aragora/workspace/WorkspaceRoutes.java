package io.aragora.workspace;

import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import io.aragora.platform.json.Json;
import java.util.List;

/** Workspaces over HTTP. */
public final class WorkspaceRoutes implements Routes {

  static final Operation MINE =
      Operation.get("workspaces.list", "/api/v1/workspaces")
          .about("The workspaces you are in, and what you are there.")
          .needs(AnyCaller.PERSON)
          .gives(200, Mine.class);

  static final Operation CREATE =
      Operation.post("workspaces.create", "/api/v1/workspaces")
          .about(
              "Makes a workspace with you as its owner. Only operators may, unless a setting"
                  + " lets everybody.")
          .needs(AnyCaller.PERSON)
          .takes(WorkspaceName.class)
          .gives(201, WorkspaceView.class)
          .refuses(ErrorCode.CONFLICT);

  static final Operation GET =
      Operation.get("workspace.get", "/api/v1/workspace")
          .about("The workspace you are in.")
          .needs(Permission.READ_WORKSPACE)
          .gives(200, WorkspaceView.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation RENAME =
      Operation.put("workspace.rename", "/api/v1/workspace")
          .about("Gives the workspace another name.")
          .needs(Permission.CHANGE_WORKSPACE)
          .takes(WorkspaceName.class)
          .gives(200, WorkspaceView.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation EXPORT =
      Operation.get("workspace.export", "/api/v1/workspace/export")
          .about(
              "Everything the workspace holds, a JSON object a line: workspace, members, invites,"
                  + " debates, receipts, evidence, budget. The last line says that it is whole.")
          .needs(Permission.EXPORT_WORKSPACE)
          .gives(200, Json.LINES, "Lines of {kind, value}; the last one is of kind end.");

  static final Operation DELETE =
      Operation.delete("workspace.delete", "/api/v1/workspace")
          .about(
              "Deletes the workspace in 14 days. Until then everything can be read, nothing"
                  + " changed, and the deletion taken back.")
          .needs(Permission.DELETE_WORKSPACE)
          .gives(200, WorkspaceView.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation KEEP =
      Operation.post("workspace.keep", "/api/v1/workspace/keep")
          .about("Takes a deletion back.")
          .needs(Permission.DELETE_WORKSPACE)
          .gives(200, WorkspaceView.class)
          .refuses(ErrorCode.NOT_FOUND);

  /** The workspaces of a person. */
  public record Mine(List<WorkspaceView.Mine> items) {
    public Mine {
      items = List.copyOf(items);
    }
  }

  private final Workspaces workspaces;
  private final List<WorkspaceExport> exports;

  public WorkspaceRoutes(Workspaces workspaces, List<WorkspaceExport> exports) {
    this.workspaces = workspaces;
    this.exports = List.copyOf(exports);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(MINE, this::mine),
        new Endpoint(CREATE, this::create),
        new Endpoint(GET, this::get),
        new Endpoint(RENAME, this::rename),
        new Endpoint(EXPORT, this::export),
        new Endpoint(DELETE, this::delete),
        new Endpoint(KEEP, this::keep));
  }

  private Reply mine(Call call) {
    return Reply.ok(new Mine(workspaces.of(Caller.of(call).person())));
  }

  private Reply create(Call call) {
    return Reply.json(
        201,
        workspaces.create(
            Caller.of(call).person(), call.newId(), call.body(WorkspaceName.class).name()));
  }

  private Reply get(Call call) {
    return Reply.ok(workspaces.read(Caller.of(call).workspace()));
  }

  private Reply rename(Call call) {
    return Reply.ok(
        workspaces.rename(Caller.of(call).workspace(), call.body(WorkspaceName.class).name()));
  }

  private Reply export(Call call) {
    WorkspaceId workspace = Caller.of(call).workspace();
    workspaces.noteExport(workspace);
    return Reply.stream(Json.LINES, new ExportStream(exports, workspace)::writeTo)
        .with("Content-Disposition", "attachment; filename=\"workspace.jsonl\"");
  }

  private Reply delete(Call call) {
    return Reply.ok(workspaces.delete(Caller.of(call).workspace(), call.newId()));
  }

  private Reply keep(Call call) {
    return Reply.ok(workspaces.keep(Caller.of(call).workspace()));
  }
}
