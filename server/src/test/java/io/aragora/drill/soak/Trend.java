package io.aragora.drill.soak;

import java.util.ArrayList;
import java.util.List;

/** A straight line through points by least squares, and how sure its slope is. */
final class Trend {
  private record Point(double x, double y) {}

  private final List<Point> points = new ArrayList<>();

  void add(double x, double y) {
    points.add(new Point(x, y));
  }

  int size() {
    return points.size();
  }

  /** Growth of y for one of x; not a number below two points. */
  double slope() {
    return sumOfProducts() / sumOfSquares();
  }

  /** The standard error of the slope; not a number below three points. */
  double error() {
    double slope = slope();
    double residuals = 0;
    for (Point each : points) {
      double off = each.y() - meanY() - slope * (each.x() - meanX());
      residuals += off * off;
    }
    return points.size() < 3
        ? Double.NaN
        : Math.sqrt(residuals / (points.size() - 2) / sumOfSquares());
  }

  private double sumOfProducts() {
    double meanX = meanX();
    double meanY = meanY();
    return points.stream().mapToDouble(p -> (p.x() - meanX) * (p.y() - meanY)).sum();
  }

  private double sumOfSquares() {
    double meanX = meanX();
    return points.stream().mapToDouble(p -> (p.x() - meanX) * (p.x() - meanX)).sum();
  }

  private double meanX() {
    return points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
  }

  private double meanY() {
    return points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
  }
}
