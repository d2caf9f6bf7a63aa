package io.aragora;

import io.aragora.budget.Caps;
import io.aragora.debate.DebateParts;
import io.aragora.platform.config.Settings;
import io.aragora.platform.http.safety.Exposure;
import io.aragora.platform.http.safety.Rates;
import io.aragora.platform.http.sender.TrustedProxies;
import io.aragora.platform.http.server.HttpOptions;
import io.aragora.platform.job.JobLimits;
import io.aragora.system.Build;
import io.aragora.system.node.Joining;

/** Reads from the settings how much, how long and how often each part may. */
final class Limits {
  private Limits() {}

  static HttpOptions http(Settings settings) {
    return HttpOptions.standard(
            settings.http().host(),
            settings.http().port(),
            settings.management().host(),
            settings.management().port())
        .withLimits(
            settings.limits().connections(),
            settings.limits().requests(),
            settings.limits().connections() / 2)
        .withDeadlines(settings.limits().arrival(), settings.limits().arrival())
        .withShutdownGrace(settings.limits().drain().dividedBy(2))
        .withExposure(
            Exposure.at(
                    settings.http().publicUrl(),
                    new Rates(settings.limits().callerRate(), settings.limits().strangerRate()))
                .behind(TrustedProxies.of(settings.http().trustedProxies())));
  }

  static DebateParts.Limits debates(Settings settings, Build build) {
    return new DebateParts.Limits(
        settings.debates().call(),
        settings.debates().round(),
        settings.debates().debate(),
        settings.caps().debate().micro(),
        Math.max(1, settings.database().poolSize() * 6 / 10),
        build.version(),
        build.commit());
  }

  /** The caps of a workspace that set none. */
  static Caps caps(Settings settings) {
    return new Caps(settings.caps().month(), settings.caps().debate(), settings.caps().day());
  }

  static JobLimits jobs(Settings settings, Joining joining) {
    return new JobLimits(
        settings.debates().atOnce(), settings.limits().drain(), joining.clock().fault());
  }
}
