package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every kind of provider has its subclass of the contract. */
final class ProviderKindTest {
  @Test
  void everyKindIsHeldToTheContract() throws ReflectiveOperationException {
    Set<ProviderKind> tested = EnumSet.noneOf(ProviderKind.class);
    for (JavaClass found : new ClassFileImporter().importPackages("io.aragora.provider")) {
      if (found.isAssignableTo(ModelProviderContract.class)
          && !found.getModifiers().contains(JavaModifier.ABSTRACT)) {
        var constructor = found.reflect().getDeclaredConstructor();
        constructor.setAccessible(true);
        tested.add(((ModelProviderContract) constructor.newInstance()).kind());
      }
    }
    assertThat(tested).containsExactlyInAnyOrder(ProviderKind.values());
  }
}
