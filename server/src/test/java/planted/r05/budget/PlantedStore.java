package planted.r05.budget;

/** Breaks a rule of the house on purpose. */
public final class PlantedStore {}
