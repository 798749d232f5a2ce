package org.restream.reliability.blackbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A certificate for one address, and its key, made by openssl.
 *
 * @param certificate the self-signed certificate
 * @param key its key
 */
record Certificate(Path certificate, Path key) {
    static Certificate make(Path folder, String host) throws IOException {
        Certificate made = new Certificate(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        Programs.shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=test"
                + " -addext subjectAltName=IP:" + host + " -keyout " + Programs.quoted(made.key) + " -out "
                + Programs.quoted(made.certificate));
        if (Logs.size(made.certificate) == 0) {
            throw new IOException("openssl has made no certificate");
        }
        return made;
    }
}
