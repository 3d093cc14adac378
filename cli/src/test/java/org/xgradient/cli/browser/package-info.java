/** Pages in a real browser; only in the profile {@code browser}. */
@org.jspecify.annotations.NullMarked
package org.xgradient.cli.browser;
