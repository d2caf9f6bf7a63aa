package planted.r01.debate;

/** Breaks a rule of the house on purpose. */
public final class PlantedDebates {}
