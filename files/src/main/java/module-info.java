/** Uploads of files that survive the death of either process: see {@link org.restream.files.FileSender}. */
module org.restream.files {
    requires transitive org.restream;

    exports org.restream.files;
}
