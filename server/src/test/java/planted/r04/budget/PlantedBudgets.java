package planted.r04.budget;

import java.sql.Connection;
import java.sql.SQLException;

/** Breaks a rule of the house on purpose. */
final class PlantedBudgets {
  void run(Connection connection) throws SQLException {
    connection.commit();
  }
}
