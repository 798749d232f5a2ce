/**
 * The bytes of the session protocol {@code restream/1}: frames and first lines to values and back. No sockets, no threads, no
 * time. docs/session.md has the format. Start at {@link org.restream.internal.session.wire.FrameParser}.
 */
@NullMarked
package org.restream.internal.session.wire;

import org.jspecify.annotations.NullMarked;
