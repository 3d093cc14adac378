package org.xgradient.cli.browser;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.ImageGallery;
import org.xgradient.report.ImageGrid;
import org.xgradient.report.PngImage;

/** A page of images like that of {@code attribute --images}, of generated pictures. */
final class GalleryPage {

  private GalleryPage() {}

  static HtmlPage page() throws IOException {
    var grid = ImageGrid.withColumns("photo", "xg", "ig");
    for (int i = 0; i < 6; i++) {
      String name = (i % 3 == 0 ? "cat " : "dog ") + i;
      grid.row(
          "net: %s %d %%\nother: dog 50 %%".formatted(name, 90 - 10 * i),
          List.of(
              picture(name, 0x2040A0 + 0x101010 * i).captioned(name),
              picture("xg of " + name, 0xD55E00).captioned("1e-7"),
              picture("ig of " + name, 0x0072B2).captioned("0.0" + i)));
    }
    HtmlPage page = HtmlPage.titled("Images").section("Photos and heat maps");
    ImageGallery.addTo(
        page,
        grid.build(),
        "Photos and maps.",
        ImmutableMap.of(
            "completeness error of ig", ImmutableDoubleArray.of(0.3, 0.1, 0.5, 0.2, 0, 0.4)),
        true);
    return page.section("End").paragraph("That is all.");
  }

  private static PngImage picture(String title, int color) throws IOException {
    BufferedImage image = new BufferedImage(120, 120, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 120 * 120; i++) {
      image.setRGB(i % 120, i / 120, (i % 120 + i / 120) % 20 < 10 ? color : 0xFFFFFF);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return PngImage.of(out.toByteArray(), title);
  }
}
