/** Numbers, names and JSON as the packages of tables write and read them. Not exported. */
@NullMarked
package org.xgradient.data.table.text;

import org.jspecify.annotations.NullMarked;
