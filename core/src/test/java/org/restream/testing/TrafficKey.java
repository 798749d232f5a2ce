package org.restream.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of TLS 1.3 with TLS_AES_128_GCM_SHA256 (RFC 8446, sections 5.2 and 7): encrypts or decrypts its
 * records.
 */
final class TrafficKey {
    private static final int HASH_BYTES = 32;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] iv;
    private long sequence;

    TrafficKey(byte[] secret) throws GeneralSecurityException {
        key = new SecretKeySpec(expand(secret, "key", new byte[0], 16), "AES");
        iv = expand(secret, "iv", new byte[0], 12);
    }

    byte[] seal(byte[] recordHeader, byte[] plain) throws GeneralSecurityException {
        return crypt(Cipher.ENCRYPT_MODE, recordHeader, plain);
    }

    byte[] open(byte[] recordHeader, byte[] sealed) throws GeneralSecurityException {
        return crypt(Cipher.DECRYPT_MODE, recordHeader, sealed);
    }

    private byte[] crypt(int mode, byte[] recordHeader, byte[] bytes) throws GeneralSecurityException {
        ByteBuffer nonce = ByteBuffer.wrap(iv.clone());
        nonce.putLong(4, nonce.getLong(4) ^ sequence++);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.array()));
        cipher.updateAAD(recordHeader);
        return cipher.doFinal(bytes);
    }

    /** HKDF-Extract (RFC 5869). */
    static byte[] extract(byte[] salt, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt, "HMAC"));
        return mac.doFinal(input);
    }

    /** HKDF-Expand-Label, for no more than one hash. */
    static byte[] expand(byte[] secret, String label, byte[] context, int length) throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(5 + name.length + context.length);
        info.putShort((short) length).put((byte) name.length).put(name);
        info.put((byte) context.length).put(context).put((byte) 1);
        return Arrays.copyOf(extract(secret, info.array()), length);
    }

    /** Derive-Secret. */
    static byte[] derive(byte[] secret, String label, byte[] messages) throws GeneralSecurityException {
        return expand(secret, label, hash(messages), HASH_BYTES);
    }

    static byte[] hash(byte[] messages) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(messages);
    }
}
