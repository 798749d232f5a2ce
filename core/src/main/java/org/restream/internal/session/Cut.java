package org.restream.internal.session;

/**
 * Why a message ended unfinished, or is read no more.
 *
 * @param byPeer whether the peer has said so
 * @param code one of {@link org.restream.internal.session.wire.CutCode}; from a peer any number
 * @param text for people; from a peer not fit to be shown as it is
 */
public record Cut(boolean byPeer, int code, String text) {}
