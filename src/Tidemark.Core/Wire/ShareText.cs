using System.Globalization;

namespace Tidemark.Wire;

/// <summary>Shares as people write them: <c>0.012</c> or <c>1.2%</c>.</summary>
public static class ShareText
{
    /// <summary>Reads a share, 0 to 1.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: no such share.</exception>
    public static double Parse(InputName name, string? text)
    {
        var (number, whole) = text?.EndsWith('%') == true ? (text[..^1].TrimEnd(), 100.0) : (text, 1.0);
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= whole
            ? share / whole
            : throw name.Wrong(text, $"give it a share from 0 to 1 or in per cent: '{name.With("0.01")}', '{name.With("1%")}'");
    }
}
