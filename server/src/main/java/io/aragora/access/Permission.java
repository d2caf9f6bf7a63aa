package io.aragora.access;

import io.aragora.platform.http.Right;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do, one constant each, with the roles that hold it: the one table of rights. An
 * owner holds every permission.
 */
public enum Permission implements Right {
  OPEN_DEBATE("debate.open", "Open debates, attach evidence and cancel them", "ADMIN", "MEMBER"),
  READ_DEBATE(
      "debate.read", "Read debates, their events and transcripts", "ADMIN", "MEMBER", "VIEWER"),
  READ_RECEIPT("receipt.read", "Read and export receipts", "ADMIN", "MEMBER", "VIEWER", "AUDITOR"),
  READ_BUDGET("budget.read", "Read caps, holds and spending", "ADMIN", "MEMBER", "VIEWER"),
  CHANGE_BUDGET("budget.change", "Change caps", "ADMIN"),
  READ_SYSTEM(
      "system.read",
      "Read version, models and state of the appliance",
      "ADMIN",
      "MEMBER",
      "VIEWER"),
  READ_WORKSPACE(
      "workspace.read",
      "Read the workspace's name and state",
      "ADMIN",
      "MEMBER",
      "VIEWER",
      "AUDITOR"),
  CHANGE_WORKSPACE("workspace.change", "Rename the workspace", "ADMIN"),
  EXPORT_WORKSPACE("workspace.export", "Export everything the workspace holds"),
  DELETE_WORKSPACE("workspace.delete", "Delete the workspace after a time of grace"),
  TRANSFER_WORKSPACE("workspace.transfer", "Make another member an owner"),
  READ_MEMBER("member.read", "Read who is a member, in which role", "ADMIN", "MEMBER", "VIEWER"),
  INVITE_MEMBER("member.invite", "Invite people, resend and revoke invites", "ADMIN"),
  CHANGE_MEMBER("member.change", "Change roles, deactivate and remove members", "ADMIN"),
  CREATE_KEY("key.create", "Make and revoke one's own API keys", "ADMIN", "MEMBER"),
  READ_KEY("key.read", "Read which API keys the workspace has", "ADMIN"),
  REVOKE_KEY("key.revoke", "Revoke anybody's API keys", "ADMIN"),
  READ_PROVIDER("provider.read", "Read which model providers are set up", "ADMIN"),
  CHANGE_PROVIDER("provider.change", "Set and remove the keys of model providers", "ADMIN"),
  READ_AUDIT("audit.read", "Search, read and verify the audit log", "ADMIN", "AUDITOR"),
  EXPORT_AUDIT("audit.export", "Export the audit log", "ADMIN", "AUDITOR"),
  CHANGE_RETENTION("retention.change", "Set how long the words of old records are kept"),
  EXPORT_PERSON("person.export", "Export what is kept about one person", "ADMIN"),
  ERASE_PERSON("person.erase", "Erase what is kept about one person"),
  ;

  private final String wire;
  private final String about;
  // Names, because roles are made from permissions: an enum cannot see the other while it is made.
  private final Set<String> heldBy;

  Permission(String wire, String about, String... heldBy) {
    this.wire = wire;
    this.about = about;
    var all = new java.util.HashSet<>(Set.of(heldBy));
    all.add("OWNER");
    this.heldBy = Set.copyOf(all);
  }

  @Override
  public String wire() {
    return wire;
  }

  public String about() {
    return about;
  }

  @Override
  public List<String> holders() {
    return Arrays.stream(Role.values())
        .filter(role -> heldBy.contains(role.name()))
        .map(Role::wire)
        .toList();
  }

  /** Names of the roles that hold this. */
  Set<String> heldBy() {
    return heldBy;
  }

  public static Optional<Permission> ofWire(String wire) {
    return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
  }
}
