package org.restream.internal.exchange;

/** How many body bytes an exchange has sent and received. */
public record ExchangeBytes(long sent, long received) {}
