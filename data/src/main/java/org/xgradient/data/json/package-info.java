/** JSON for all modules. Not exported to others: Jackson is nobody else's business. */
@NullMarked
package org.xgradient.data.json;

import org.jspecify.annotations.NullMarked;
