package planted.r09.budget;

/** Breaks a rule of the house on purpose. */
final class PlantedBudgets {}
