namespace Tidemark.Formats;

/// <summary>Words that stand in one line, without a wide gap between them.</summary>
/// <param name="Left">Where it begins, along its direction; in points.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Base">How high it stands.</param>
/// <param name="Size">Of its letters.</param>
/// <param name="Turn">Quarters that its direction is turned by; 0: from left to right.</param>
internal sealed record PdfLine(string Text, double Left, double Right, double Base, double Size, int Turn)
{
    /// <summary>Whether a block ends with it: a column, or what stands above or below columns.</summary>
    public bool EndsBlock { get; init; }

    public double Width => Right - Left;

    public bool IsBeside(PdfLine other) => Math.Abs(Base - other.Base) <= 0.4 * Math.Max(Size, other.Size);
}
