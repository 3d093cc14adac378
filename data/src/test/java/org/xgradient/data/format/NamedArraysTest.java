package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class NamedArraysTest {

  @Test
  void removesModulePartsWhereverTheyStand() {
    FloatArray array = FloatArray.zeros(1);
    NamedArrays arrays =
        NamedArrays.of(
            ImmutableMap.of(
                "module.conv.weight", array,
                "features.module.0.weight", array,
                "module.module.bias", array,
                "submodule.weight", array,
                "module", array));
    assertThat(arrays.withoutModuleParts().names())
        .containsExactly("conv.weight", "features.0.weight", "bias", "submodule.weight", "module");
  }

  @Test
  void refusesNamesThatBecomeTheSame() {
    FloatArray array = FloatArray.zeros(1);
    NamedArrays arrays = NamedArrays.of(ImmutableMap.of("module.w", array, "w", array));
    assertThatIllegalArgumentException()
        .isThrownBy(arrays::withoutModuleParts)
        .withMessageContaining("w");
  }

  @Test
  void namesWhatIsThereWhenANameIsNot() {
    NamedArrays arrays = NamedArrays.of(ImmutableMap.of("w", FloatArray.zeros(1)));
    assertThat(arrays.get("w")).isEqualTo(FloatArray.zeros(1));
    assertThat(arrays.size()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> arrays.get("v"))
        .withMessage("name must be one of [w], found \"v\"");
  }
}
