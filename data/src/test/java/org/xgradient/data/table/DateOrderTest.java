package org.xgradient.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateOrderTest {

  @Test
  void aDateMayBeOneInSeveralOrders() {
    assertThat(DateOrder.fitting("05/01/2020"))
        .containsExactly(DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST);
    assertThat(DateOrder.fitting("31/01/2020")).containsExactly(DateOrder.DAY_FIRST);
    assertThat(DateOrder.fitting("2020-01-31")).containsExactly(DateOrder.YEAR_FIRST);
    assertThat(DateOrder.fitting("01/2020")).containsExactly(DateOrder.MONTH_AND_YEAR);
  }

  @Test
  void digitsOfOtherScriptsAreThoseOfDates() {
    assertThat(DateOrder.fitting("٢٠٢٠-٠١-٣١")).containsExactly(DateOrder.YEAR_FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.5", "2020-02-30", "31/31/2020", "20201301", "-999"})
  void whatIsNoDateFitsNone(String text) {
    assertThat(DateOrder.fitting(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"05/01/2020", "2020-01-31 10:00", "202001", "1/31/2020", "5", "2020/13"})
  void whatFitsHasDays(String text) {
    for (DateOrder order : DateOrder.values()) {
      assertThat(order.days(text) != null).isEqualTo(DateOrder.fitting(text).contains(order));
    }
  }
}
