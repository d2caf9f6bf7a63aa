package io.aragora.cli.admin;

import java.util.List;
import java.util.UUID;

/** What the commands for accounts ask of the appliance's database. */
public interface AccountDesk extends AutoCloseable {
  /** An account as it is listed. */
  record Line(UUID accountId, String email, String name, String status, boolean operator) {}

  /** Accounts in the order of their addresses, from after one. */
  List<Line> page(String after, int most);

  String resetLink(String email);

  void deactivate(String email);

  void activate(String email);

  @Override
  void close();
}
