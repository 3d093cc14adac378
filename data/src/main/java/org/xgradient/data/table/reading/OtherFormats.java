package org.xgradient.data.table.reading;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.xgradient.data.DataException;

/** Tells files in which people keep tables, and which are no CSV, by how they begin. */
final class OtherFormats {

  private static final int BEGINNING = 64;

  private static final String OF_R =
      "is data of R, must be a CSV file; write it as one, in R by write.csv(..., FILE, row.names = FALSE)";

  private static final String PICKLED =
      "is a pickle of Python, must be a CSV file" + written("read_pickle");

  /** Bytes as characters of their numbers, in lower case and without spaces. */
  private static final ImmutableMap<String, String> BY_BEGINNING =
      ImmutableMap.<String, String>builder()
          .put("obj\u0001", "is an Avro file, must be a CSV file; write it as one")
          .put(
              "rar!",
              "is an archive (rar), must be a CSV file; unpack it and give the file that was in it")
          .put("rdx2", OF_R)
          .put("rdx3", OF_R)
          .put("x\u0000\u0000\u0000", OF_R)
          .put("\u0080\u0002", PICKLED)
          .put("\u0080\u0003", PICKLED)
          .put("\u0080\u0004", PICKLED)
          .put("\u0080\u0005", PICKLED)
          .put("\u0093numpy", "is an array of NumPy, must be a CSV file; write it as one")
          .put("$fl2@(#)", "is a file of SPSS, must be a CSV file" + written("read_spss"))
          .put("<stata_dta>", "is a file of Stata, must be a CSV file" + written("read_stata"))
          .put(
              "pk\u0003\u0004",
              "is a zip archive or a workbook, must be a CSV file; unpack it and give the file that was in it, or save the sheet as CSV")
          .put(
              "\u00d0\u00cf\u0011\u00e0",
              "is a workbook of an older kind, must be a CSV file; save the sheet as CSV")
          .put(
              "\u0000".repeat(12) + "\u00c2\u00ea\u0081",
              "is a file of SAS, must be a CSV file" + written("read_sas"))
          .put("arrow1\u0000", "is an Arrow file, must be a CSV file" + written("read_feather"))
          .put("fea1\u0000", "is a Feather file, must be a CSV file" + written("read_feather"))
          .put("\u0089hdf", "is an HDF5 file, must be a CSV file" + written("read_hdf"))
          .put(
              "sqliteformat3\u0000",
              "is an SQLite database, must be a CSV file; export a table as CSV")
          .put(
              "%pdf",
              "is a PDF file, must be a CSV file; copy its table into a sheet, and save that as CSV")
          .put("{\\rtf", "is a document, must be a CSV file; save it as text")
          .put("{", "is JSON, must be a CSV file" + written("read_json"))
          .put("[{", "is JSON, must be a CSV file" + written("read_json"))
          .put("<!doctype", "is a page of the web, must be a CSV file; download the file itself")
          .put("<html", "is a page of the web, must be a CSV file; download the file itself")
          .put("<?xml", "is XML, must be a CSV file" + written("read_xml"))
          .put(
              "@relation",
              "is an ARFF file, must be a CSV file; put a line with the names of the attributes in place of all up to @data")
          .buildOrThrow();

  private OtherFormats() {}

  private static String written(String function) {
    return "; write it as one, in Python by pandas.%s(...).to_csv(FILE, index=False)"
        .formatted(function);
  }

  /**
   * Refuses what is no CSV.
   *
   * @param bytes the file, decompressed, which can go back to a mark; it is at its beginning
   *     afterwards
   * @param file what messages call it
   * @throws DataException if it begins as a file of another format does
   */
  static void refuse(InputStream bytes, Path file) throws IOException {
    bytes.mark(BEGINNING);
    String beginning =
        CharMatcher.whitespace()
            .removeFrom(
                Ascii.toLowerCase(
                    new String(bytes.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1)));
    bytes.reset();
    boolean binary = CharMatcher.inRange('\0', '\u0008').matchesAnyOf(beginning);
    if (binary && beginning.startsWith("par1")) {
      throw new DataException(
          file + " is a Parquet file, must be a CSV file" + written("read_parquet"));
    }
    Optional<String> known =
        BY_BEGINNING.entrySet().stream()
            .filter(format -> beginning.startsWith(format.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (known.isPresent()) {
      throw new DataException(file + " " + known.get());
    }
    try {
      String archive = ArchiveStreamFactory.detect(bytes);
      throw new DataException(
          "%s is an archive (%s), must be a CSV file; unpack it%s and give the file that was in it"
              .formatted(
                  file,
                  archive,
                  archive.equals(ArchiveStreamFactory.TAR) ? " (tar -xf %s)".formatted(file) : ""));
    } catch (ArchiveException e) {
      // It is none, as is right.
    }
  }
}
