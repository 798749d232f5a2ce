/** TLS out of PEM files: read, checked, and read again when they change. */
@NullMarked
package org.restream.cli.tls;

import org.jspecify.annotations.NullMarked;
