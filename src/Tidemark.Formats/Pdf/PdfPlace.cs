using UglyToad.PdfPig.Content;

namespace Tidemark.Formats;

/// <summary>Where a letter stands, as if its direction were from left to right; in points.</summary>
internal readonly record struct PdfPlace(double Left, double Right, double Base, double Size, int Turn)
{
    public static PdfPlace Of(Letter letter)
    {
        var (start, end) = (letter.StartBaseLine, letter.EndBaseLine);
        var size = letter.PointSize > 0.1 ? letter.PointSize : Math.Max(letter.BoundingBox.Height, 1);
        return letter.TextOrientation switch
        {
            TextOrientation.Rotate90 => new(-start.Y, -end.Y, start.X, size, 1),
            TextOrientation.Rotate180 => new(-start.X, -end.X, -start.Y, size, 2),
            TextOrientation.Rotate270 => new(start.Y, end.Y, -start.X, size, 3),
            _ => new(start.X, end.X, start.Y, size, 0),
        };
    }
}
