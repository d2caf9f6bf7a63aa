package io.aragora.platform.person;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;

/**
 * What one feature keeps about a person. The transaction has entered the person's account and,
 * where a workspace is given, that workspace; each query still names both, for an owner must not
 * learn through it what the person does elsewhere.
 */
public interface PersonalData {
  /** Most lines of one kind in an export. */
  int MOST = 10_000;

  /** Its name in the export: {@code api_keys}. */
  String name();

  /** What the workspace keeps; no secret and no hash of one. */
  default JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.object();
  }

  /** What belongs to the person whatever the workspace. */
  default JsonNode exportOwn(Tx tx, AccountId account) {
    return Json.object();
  }

  /** Erases what the workspace keeps, as far as its records hold without it; again is nothing. */
  default void erase(Tx tx, WorkspaceId workspace, AccountId account) {}

  /** Erases what belongs to the person, when they are in no workspace any more. */
  default void eraseOwn(Tx tx, AccountId account) {}
}
