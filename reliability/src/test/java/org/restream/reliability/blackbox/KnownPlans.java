package org.restream.reliability.blackbox;

import java.util.List;
import java.util.stream.Stream;

/** Plans that once failed, reduced as far as possible, and common uses. Each build runs them. */
final class KnownPlans {
    static final List<Plan> ALL = Stream.of(
                    // a producer that is slightly slower than its consumer
                    "source=pieces size=30000000 piece=500000 pause=20 named=false",
                    "source=pieces size=30000000 piece=500000 pause=20 sink=exec-sum",
                    "source=bursts size=17098393 sink=exec-sum",
                    "source=gzip size=30000000 sink=echo",
                    "source=zero size=100000000 sink=once tries=40",
                    // an answer without a byte
                    "size=2 relay=haproxy-down tries=1",
                    "size=1 relay=full-close tries=40",
                    "size=2 relay=haproxy late=1384",
                    "source=stall size=145134 pause=2399 sink=exec-sum relay=haproxy-timeout",
                    "size=519066 relay=reset-to-fin blow=receiver:KILL then=195",
                    "size=9 sink=once relay=cut-fin tries=40",
                    // a request without a byte
                    "size=9 probes=8",
                    "size=9 probes=8 sink=once tries=40",
                    "size=9 relay=haproxy-checks",
                    "source=cat size=100 first=vacant",
                    "source=closed",
                    "source=exec-fails size=3000000",
                    "source=exec-fails size=3000000 sink=echo",
                    "size=2 relay=haproxy-down limit=1500",
                    // a body that is cut by an end, which its size shows
                    "source=file size=10769851 relay=reset-to-fin blow=sender:KILL when=up:4974036",
                    "source=file size=5000000 relay=cut-fin at=70000 half=true sink=echo",
                    "source=file size=5000000 relay=cut-fin direction=down at=70000 half=true sink=echo",
                    // a file that is truncated while it is sent
                    "source=file size=4371786 relay=delay pause=3 blow=file:shrink when=up:1629617",
                    "source=file size=5000000 relay=cut-fin at=70000 half=true sink=once tries=40",
                    "source=gzip size=5000000 relay=cut-fin at=70000 half=true")
            .map(text -> Plan.parse("family=known seed=1 " + text))
            .toList();

    private KnownPlans() {}
}
