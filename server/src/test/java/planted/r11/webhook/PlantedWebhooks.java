package planted.r11.webhook;

import java.net.http.HttpClient;

/** Breaks a rule of the house on purpose. */
final class PlantedWebhooks {
  HttpClient client() {
    return HttpClient.newHttpClient();
  }
}
