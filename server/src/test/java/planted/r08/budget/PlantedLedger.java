package planted.r08.budget;

/** Breaks a rule of the house on purpose. */
public final class PlantedLedger {}
