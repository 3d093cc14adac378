package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableSet;

/**
 * The operations that a model may consist of: each computes its outputs from its inputs and
 * attributes alone. None reads or writes a file, prints, waits, calls a function or another
 * language, or keeps anything beyond the variables of the graph.
 *
 * <p>A list of what is allowed, and not of what is refused: TensorFlow has about 1,800 operations,
 * and another version has others.
 */
public final class HarmlessOperations {

  private static final ImmutableSet<String> NAMES =
      ImmutableSet.<String>builder()
          .addAll(structure())
          .addAll(arithmetic())
          .addAll(reductions())
          .addAll(arrays())
          .addAll(linearAlgebra())
          .addAll(networks())
          .addAll(gradients())
          .addAll(images())
          .addAll(quantization())
          .addAll(texts())
          .addAll(sparse())
          .build();

  private HarmlessOperations() {}

  /** {@return whether operations of a type are known to be harmless} */
  public static boolean contains(String type) {
    return NAMES.contains(type);
  }

  private static ImmutableSet<String> structure() {
    return names(
        """
        Const Placeholder PlaceholderV2 PlaceholderWithDefault VarHandleOp ReadVariableOp VariableV2
        Variable VariableShape ResourceGather Identity IdentityN StopGradient PreventGradient
        Snapshot EnsureShape CheckNumerics NoOp TensorListReserve TensorListFromTensor
        TensorListGetItem TensorListSetItem TensorListStack
        """);
  }

  private static ImmutableSet<String> arithmetic() {
    return names(
        """
        Abs Acos Acosh Add AddN AddV2 AccumulateNV2 Angle ApproximateEqual Asin Asinh Atan Atan2
        Atanh BesselI0 BesselI0e BesselI1 BesselI1e BesselJ0 BesselJ1 BesselK0 BesselK0e BesselK1
        BesselK1e BesselY0 BesselY1 Betainc Bitcast BitwiseAnd BitwiseOr BitwiseXor Cast Ceil
        ClipByValue Complex ComplexAbs Conj Cos Cosh Dawsn Digamma Div DivNoNan Equal Erf Erfc
        Erfinv Exp Expint Expm1 Floor FloorDiv FloorMod FresnelCos FresnelSin Greater GreaterEqual
        Igamma Igammac Imag Inv Invert IsFinite IsInf IsNan LeftShift Less LessEqual Lgamma Log
        Log1p LogicalAnd LogicalNot LogicalOr Maximum Minimum Mod Mul MulNoNan Ndtri Neg NextAfter
        NotEqual Polygamma PopulationCount Pow Real RealDiv Reciprocal RightShift Rint Round Rsqrt
        Sigmoid Sign Sin Sinh Spence Sqrt Square SquaredDifference Sub Tan Tanh TruncateDiv
        TruncateMod Xdivy Xlog1py Xlogy Zeta
        """);
  }

  private static ImmutableSet<String> reductions() {
    return names(
        """
        All Any ArgMax ArgMin Bincount Bucketize Cumprod Cumsum CumulativeLogsumexp DenseBincount
        EuclideanNorm HistogramFixedWidth InTopK InTopKV2 L2Loss Max Mean Min NthElement Prod
        SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum SegmentMaxV2 SegmentMinV2
        SegmentProdV2 SegmentSumV2 Sum TopK TopKV2 UnsortedSegmentMax UnsortedSegmentMin
        UnsortedSegmentProd UnsortedSegmentSum
        """);
  }

  private static ImmutableSet<String> arrays() {
    return names(
        """
        BatchToSpace BatchToSpaceND BroadcastArgs BroadcastGradientArgs BroadcastTo Concat
        ConcatOffset ConcatV2 DepthToSpace DynamicPartition DynamicStitch ExpandDims Fill Gather
        GatherNd GatherV2 InvertPermutation LinSpace ListDiff LowerBound MirrorPad OneHot OnesLike
        Pack Pad PadV2 ParallelDynamicStitch Range Rank Reshape Reverse ReverseSequence ReverseV2
        Roll ScatterNd Select SelectV2 Shape ShapeN Size Slice SpaceToBatch SpaceToBatchND
        SpaceToDepth Split SplitV Squeeze StridedSlice TensorScatterAdd TensorScatterMax
        TensorScatterMin TensorScatterSub TensorScatterUpdate TensorStridedSliceUpdate Tile
        Transpose ConjugateTranspose UnravelIndex Unique UniqueV2 UniqueWithCounts
        UniqueWithCountsV2 Unpack UpperBound Where ZerosLike
        """);
  }

  private static ImmutableSet<String> linearAlgebra() {
    return names(
        """
        BatchMatMul BatchMatMulV2 BatchMatMulV3 Cholesky Cross Diag DiagPart Einsum FFT FFT2D FFT3D
        IFFT IFFT2D IFFT3D IRFFT IRFFT2D IRFFT3D MatMul MatrixBandPart MatrixDeterminant MatrixDiag
        MatrixDiagPart MatrixDiagPartV2 MatrixDiagPartV3 MatrixDiagV2 MatrixDiagV3 MatrixInverse
        MatrixSetDiag MatrixSetDiagV2 MatrixSetDiagV3 MatrixSolve MatrixTriangularSolve RFFT RFFT2D
        RFFT3D
        """);
  }

  private static ImmutableSet<String> networks() {
    return names(
        """
        AvgPool AvgPool3D BatchNormWithGlobalNormalization BiasAdd BiasAddV1 Conv Conv2D Conv3D
        DepthwiseConv2dNative Dilation2D Elu ExtractImagePatches ExtractVolumePatches FusedBatchNorm
        FusedBatchNormV2 FusedBatchNormV3 LRN LeakyRelu LogSoftmax MaxPool MaxPool3D MaxPoolV2
        MaxPoolWithArgmax Relu Relu6 Selu Softmax SoftmaxCrossEntropyWithLogits Softplus Softsign
        SparseSoftmaxCrossEntropyWithLogits FusedPadConv2D FusedResizeAndPadConv2D
        """);
  }

  private static ImmutableSet<String> gradients() {
    return names(
        """
        AvgPool3DGrad AvgPoolGrad BiasAddGrad Conv2DBackpropFilter Conv2DBackpropInput
        Conv3DBackpropFilterV2 Conv3DBackpropInputV2 DepthwiseConv2dNativeBackpropFilter
        DepthwiseConv2dNativeBackpropInput EluGrad FusedBatchNormGrad FusedBatchNormGradV2
        FusedBatchNormGradV3 InvGrad LRNGrad LeakyReluGrad MaxPool3DGrad MaxPoolGrad MaxPoolGradV2
        MaxPoolGradGrad MaxPoolGradGradV2 MaxPoolGradWithArgmax MirrorPadGrad ReciprocalGrad
        Relu6Grad ReluGrad ResizeBicubicGrad ResizeBilinearGrad ResizeNearestNeighborGrad RsqrtGrad
        SeluGrad SigmoidGrad SoftplusGrad SoftsignGrad SqrtGrad StridedSliceGrad TanhGrad
        """);
  }

  private static ImmutableSet<String> images() {
    return names(
        """
        AdjustContrastv2 AdjustHue AdjustSaturation CropAndResize HSVToRGB
        ImageProjectiveTransformV2 ImageProjectiveTransformV3 RGBToHSV ResizeArea ResizeBicubic
        ResizeBilinear ResizeNearestNeighbor ScaleAndTranslate
        """);
  }

  private static ImmutableSet<String> quantization() {
    return names(
        """
        Dequantize FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars
        FakeQuantWithMinMaxVarsPerChannel QuantizeAndDequantize QuantizeAndDequantizeV2
        QuantizeAndDequantizeV3 QuantizeAndDequantizeV4 QuantizeV2
        """);
  }

  /** What models do to texts and parsed examples before numbers come out. */
  private static ImmutableSet<String> texts() {
    return names(
        """
        AsString DecodeBase64 DecodeCSV DecodeRaw EncodeBase64 HashTableV2 LookupTableFindV2
        LookupTableSizeV2 MutableHashTableV2 ParseExample ParseExampleV2 ParseSingleExample
        ReduceJoin RegexFullMatch RegexReplace StaticRegexFullMatch StaticRegexReplace StringJoin
        StringLength StringLower StringNGrams StringSplit StringSplitV2 StringStrip
        StringToHashBucket StringToHashBucketFast StringToHashBucketStrong StringToNumber
        StringUpper Substr UnicodeDecode UnicodeTranscode
        """);
  }

  private static ImmutableSet<String> sparse() {
    return names(
        """
        RaggedGather RaggedRange RaggedTensorToSparse RaggedTensorToTensor SparseConcat
        SparseFillEmptyRows SparseReorder SparseReshape SparseSegmentMean
        SparseSegmentMeanWithNumSegments SparseSegmentSqrtN SparseSegmentSqrtNWithNumSegments
        SparseSegmentSum SparseSegmentSumWithNumSegments SparseSlice SparseTensorDenseMatMul
        SparseToDense
        """);
  }

  private static ImmutableSet<String> names(String lines) {
    return ImmutableSet.copyOf(lines.strip().split("\\s+"));
  }
}
