package io.aragora.workspace.member;

import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Members and their roles over HTTP. */
public final class MemberRoutes implements Routes {
  static final Operation LIST =
      Operation.get("members.list", "/api/v1/members")
          .about("Who is a member, in which role, in the order they joined.")
          .needs(Permission.READ_MEMBER)
          .givesPageOf(Member.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation CHANGE =
      Operation.put("members.change", "/api/v1/members/{id}")
          .about(
              "Changes a member's role, or deactivates or reactivates them. Sessions here end;"
                  + " with a deactivation, keys too. Nobody gives or takes more than they hold.")
          .needs(Permission.CHANGE_MEMBER)
          .takes(MemberChange.class)
          .gives(200, Member.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation REMOVE =
      Operation.delete("members.remove", "/api/v1/members/{id}")
          .about("Removes a member: sessions here and keys end at once.")
          .needs(Permission.CHANGE_MEMBER)
          .gives(204, "", "The member is out.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation TRANSFER =
      Operation.post("workspace.transfer", "/api/v1/workspace/transfer")
          .about("Makes another member an owner; the giver may step down in the same call.")
          .needs(Permission.TRANSFER_WORKSPACE)
          .takes(Transfer.class)
          .gives(200, Member.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation LEAVE =
      Operation.post("workspace.leave", "/api/v1/workspace/leave")
          .about("Takes you out of the workspace you are in; the last owner cannot leave.")
          .needs(AnyCaller.PERSON)
          .gives(204, "", "You are out.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  private final Members members;

  public MemberRoutes(Members members) {
    this.members = members;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(CHANGE, this::change),
        new Endpoint(REMOVE, this::remove),
        new Endpoint(TRANSFER, this::transfer),
        new Endpoint(LEAVE, this::leave));
  }

  private Reply list(Call call) {
    return Reply.ok(members.list(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private Reply change(Call call) {
    return Reply.ok(members.change(Caller.of(call), id(call), call.body(MemberChange.class)));
  }

  private Reply remove(Call call) {
    members.remove(Caller.of(call), id(call));
    return Reply.empty(204);
  }

  private Reply transfer(Call call) {
    return Reply.ok(members.transfer(Caller.of(call), call.body(Transfer.class)));
  }

  private Reply leave(Call call) {
    members.leave(Caller.of(call));
    return Reply.empty(204);
  }

  private static AccountId id(Call call) {
    return new AccountId(call.pathId("id"));
  }
}
