/**
 * The PROXY protocol of HAProxy: a header's bytes to the client's address, and which networks may send one. Start at
 * {@link org.restream.internal.proxy.ProxyHeader}.
 */
@NullMarked
package org.restream.internal.proxy;

import org.jspecify.annotations.NullMarked;
