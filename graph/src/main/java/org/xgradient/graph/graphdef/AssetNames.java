package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.MetaGraphDef;
import org.xgradient.data.DataException;

/** The files of a SavedModel's folder of assets, by the operations that give their names. */
final class AssetNames {

  /** Where TensorFlow 1 lists them. */
  private static final String COLLECTION = "saved_model_assets";

  private AssetNames() {}

  /**
   * Reads the names.
   *
   * @param meta the SavedModel
   * @return the names, relative to the folder of assets, by the names of the operations
   * @throws DataException if the list is damaged
   */
  static ImmutableMap<String, String> of(MetaGraphDef meta) {
    List<AssetFileDef> assets = new ArrayList<>(meta.getAssetFileDefList());
    if (meta.containsCollectionDef(COLLECTION)) {
      meta.getCollectionDefOrThrow(COLLECTION)
          .getAnyList()
          .getValueList()
          .forEach(asset -> assets.add(unpack(asset)));
    }
    Map<String, String> names = new HashMap<>();
    for (AssetFileDef asset : assets) {
      String operation = TensorName.parse(asset.getTensorInfo().getName()).operation();
      names.put(operation, asset.getFilename());
    }
    return ImmutableMap.copyOf(names);
  }

  private static AssetFileDef unpack(Any asset) {
    try {
      return asset.unpack(AssetFileDef.class);
    } catch (InvalidProtocolBufferException e) {
      throw new DataException(
          "the SavedModel is damaged: its collection '" + COLLECTION + "' lists what is no file",
          e);
    }
  }
}
