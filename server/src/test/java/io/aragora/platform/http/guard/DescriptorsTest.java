package io.aragora.platform.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the limit on open files bounds connections. */
class DescriptorsTest {

  @Test
  void clientsGetAThirdOfTheFilesThatAreLeft() {
    assertThat(Descriptors.room(300)).isEqualTo(100);
  }

  @Test
  void someConnectionsAreTakenHoweverFewFilesAreLeft() {
    assertThat(Descriptors.room(-5)).isEqualTo(8);
  }

  @Test
  void aWishTheLimitAllowsIsGranted() {
    assertThat(Descriptors.connections(10)).isEqualTo(10);
  }
}
